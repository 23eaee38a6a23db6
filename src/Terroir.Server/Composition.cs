using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Terroir.Access;
using Terroir.Answers;
using Terroir.Audit;
using Terroir.Catalog;
using Terroir.Connectors.Imap;
using Terroir.Connectors.S3;
using Terroir.Connectors.Sql;
using Terroir.Connectors.WebDav;
using Terroir.Documents;
using Terroir.Inference.Onnx.Catalogue;
using Terroir.Ingestion;
using Terroir.Kinship;
using Terroir.Lineage;
using Terroir.Models;
using Terroir.Protection;
using Terroir.Protection.PersonalData;
using Terroir.Protection.Vault;
using Terroir.Readers.Recognition;
using Terroir.Readers.Workers;
using Terroir.Retention;
using Terroir.Retention.Residue;
using Terroir.Retrieval;
using Terroir.Retrieval.Encoders;
using Terroir.Server.Budgets;
using Terroir.Server.Configuration;
using Terroir.Server.Egress;
using Terroir.Server.Emergency;
using Terroir.Server.Ldap;
using Terroir.Server.Lineage;
using Terroir.Server.Models;
using Terroir.Server.Oidc;
using Terroir.Server.Policies;
using Terroir.Server.Protection;
using Terroir.Server.Retention;
using Terroir.Server.Sources;
using Terroir.Server.Witnesses;
using Terroir.Sources;
using Terroir.Sovereignty;
using Terroir.Storage;
using Terroir.Storage.Embedded;

namespace Terroir.Server;

/// <summary>The one place that chooses providers and puts the engine together.</summary>
public static class Composition
{
    private const string StorageKey = $"{StorageOptions.Section}:{nameof(StorageOptions.Provider)}";

    private const string EndpointKey = $"{ModelsOptions.Section}:{nameof(ModelsOptions.Endpoint)}";

    // Readers compute: more processes than processors would only wait for each other.
    private static readonly int ReadingProcessCount = Math.Min(Environment.ProcessorCount, ReadWorkerPool.SizeMax);

    /// <summary>Adds the engine and its providers for one site.</summary>
    /// <param name="services">Where.</param>
    /// <param name="site">The site.</param>
    /// <param name="configuration">Its settings.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="OptionsValidationException">A provider is unknown.</exception>
    public static IServiceCollection AddTerroir(
        this IServiceCollection services,
        SiteFolder site,
        IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(configuration);
        services.AddOptions<RetrievalOptions>().BindConfiguration(RetrievalOptions.Section);
        return services
            .AddStorage(site, configuration[StorageKey])
            .AddSingleton(site)
            .AddSingleton(_ => site.ReadIdentity())
            .AddReaders()
            .AddProtection(site, configuration)
            .AddSingleton<IDirectory, DirectoryFile>()
            .AddSingleton(new PasswordHasher(PasswordCost.Default))
            .AddSingleton<Accounts>()
            .AddLdap()
            .AddOidc()
            .AddEmergency()
            .AddBudgets()
            .AddSingleton<SiteStatusReader>()
            .AddSingleton<ReadableDocuments>()
            .AddCatalog()
            .AddSingleton(provider =>
            {
                var identity = provider.GetRequiredService<SiteIdentity>();
                return new LedgerIdentity(identity.Id, identity.Key);
            })
            .AddSingleton(_ => SoftwareFiles.Describe())
            .AddAudit()
            .AddWitnesses()
            .AddLineageEvents()
            .AddSingleton(_ => QualitySettings.Read(configuration))
            .AddSingleton(_ => ReadingSettings.Read(configuration))
            .AddKinship()
            .AddIngestion()
            .AddSources()
            .AddRetrieval()
            .AddModel(configuration[EndpointKey])
            .AddPolicies(configuration)
            .AddSiteRetention(configuration)
            .AddAnswers();
    }

    private static IServiceCollection AddLineageEvents(this IServiceCollection services)
    {
        services.AddOptions<LineageOptions>().BindConfiguration(LineageOptions.Section).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<LineageOptions>>(
                new FaultValidator<LineageOptions>(options => options.FindFault()))
            .AddLineage();
    }

    private static IServiceCollection AddSiteRetention(
        this IServiceCollection services,
        IConfiguration configuration) => services
        .AddSingleton(_ => RetentionSettings.Read(configuration))
        .AddSingleton<ISiteFiles, SiteFiles>()
        .AddSingleton<IErasable, WrittenReceipts>()
        .AddSingleton<IErasable, PassageVectors>()
        .AddSingleton<IErasable, KeptConversations>()
        .AddSingleton<IErasable, KeptApprovals>()
        .AddSingleton<IErasable, KeptAccounts>()
        .AddSingleton<IErasable, VaultedPseudonyms>()
        .AddSingleton<IErasable, LineageFiles>()
        .AddRetention();

    private static IServiceCollection AddPolicies(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<PersonalDataOptions>().BindConfiguration(PersonalDataOptions.Section).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<PersonalDataOptions>>(
                new FaultValidator<PersonalDataOptions>(options => options.FindFault()))
            .AddSingleton(LabelSettings.Read(configuration))
            .AddSingleton<IProcessingPolicies, PolicyFolder>()
            .AddSingleton(provider => new PseudonymVault(
                provider.GetRequiredService<IObjectStore>(),
                provider.GetRequiredService<SiteIdentity>().Id,
                provider.GetRequiredService<IContentCipher>(),
                provider.GetRequiredService<IKeyRing>(),
                TimeSpan.FromDays(provider.GetRequiredService<IOptions<PersonalDataOptions>>().Value.PseudonymDays),
                provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(provider => new PersonalDataScanner(
                provider.GetRequiredService<IOptions<PersonalDataOptions>>().Value));
    }

    private static IServiceCollection AddReaders(this IServiceCollection services)
    {
        services.AddOptions<RecognitionOptions>().BindConfiguration(RecognitionOptions.Section).ValidateOnStart();
        services.AddOptions<ReadingOptions>().BindConfiguration(ReadingOptions.Section).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<RecognitionOptions>>(
                new FaultValidator<RecognitionOptions>(options => options.FindFault()))
            .AddSingleton<IValidateOptions<ReadingOptions>>(
                new FaultValidator<ReadingOptions>(options => options.FindFault()))
            .AddSingleton<IDocumentReader>(provider => new ReadWorkerPool(
                ReadWorkerCommand.Find(),
                ReadingProcessCount,
                provider.GetRequiredService<IOptions<ReadingOptions>>().Value))
            .AddSingleton<IDocumentRecognizer>(provider => new ScanRecognizer(
                ReadWorkerCommand.Find(),
                ReadingProcessCount,
                provider.GetRequiredService<IOptions<RecognitionOptions>>().Value,
                provider.GetRequiredService<IOptions<ReadingOptions>>().Value));
    }

    private static IServiceCollection AddProtection(
        this IServiceCollection services,
        SiteFolder site,
        IConfiguration configuration)
    {
        services.AddOptions<ProtectionOptions>().BindConfiguration(ProtectionOptions.Section).ValidateOnStart();
        var options = configuration.GetSection(ProtectionOptions.Section).Get<ProtectionOptions>() ?? new();
        return services
            .AddSingleton<IValidateOptions<ProtectionOptions>>(
                new FaultValidator<ProtectionOptions>(options => options.FindFault()))
            .AddSingleton<IKeyStore>(_ => new FolderKeyStore(site.KeyRingFolder))
            .AddProtection(_ => MasterKeyFile.Read(site, options), options.Encryption);
    }

    private static IServiceCollection AddStorage(this IServiceCollection services, SiteFolder site, string? provider) =>
        provider switch
        {
            "embedded" => services
                .AddSingleton<IObjectStore>(provider => new FolderObjectStore(
                    site.ObjectsFolder,
                    provider.GetRequiredService<TimeProvider>()))
                .AddSingleton<IDerivedStore>(provider => new FolderDerivedStore(
                    site.DerivedFolder,
                    provider.GetRequiredService<TimeProvider>()))
                .AddSingleton<IConversationStore>(_ => new FolderConversationStore(site.ConversationsFolder))
                .AddSingleton<IIdentityStore>(provider => SqliteIdentityStore.Open(
                    site.IdentityFile,
                    provider.GetRequiredService<TimeProvider>()))
                .AddSingleton<IMetastore>(provider => SqliteMetastore.Open(
                    site.MetastoreFile,
                    provider.GetRequiredService<TimeProvider>())),
            _ => throw new OptionsValidationException(
                StorageKey,
                typeof(Composition),
                [$"{StorageKey} is '{provider}'. Valid values: embedded."]),
        };

    private static IServiceCollection AddSources(this IServiceCollection services) =>
        services
            .AddSingleton<EgressConnections>()
            .AddSingleton<ISourceHosts, SourceHosts>()
            .AddSingleton<IConnector, S3Connector>()
            .AddSingleton<IConnector, WebDavConnector>()
            .AddSingleton<IConnector, ImapConnector>()
            .AddSingleton<IConnector, PostgreSqlConnector>()
            .AddSingleton<IConnector, SqliteConnector>();

    private static IServiceCollection AddModel(this IServiceCollection services, string? endpoint) =>
        services
            .AddSingleton(provider => new ModelCatalogue(
                provider.GetRequiredService<SiteFolder>().ModelsFolder,
                new ModelDisk(),
                new CardSeal(provider.GetRequiredService<SiteIdentity>().Key)))
            .AddSingleton<AllowedLibraries>()
            .AddSingleton<ILocalModels, LocalModels>()
            .AddSingleton<IPassageEncoders, SiteEncoders>()
            .AddSingleton<IValidateOptions<ModelsOptions>, ModelKinds>()
            .AddSingleton<ModelKey>()
            .AddSingleton<ModelProbe>()
            .AddSingleton<IValidateOptions<ModelsOptions>>(provider => provider.GetRequiredService<ModelKey>())
            .AddModels(string.IsNullOrEmpty(endpoint)
                ? null
                : provider =>
                {
                    var options = provider.GetRequiredService<IOptions<ModelsOptions>>().Value;
                    return OpenAiChatClient.Open(
                        options,
                        provider.GetRequiredService<ModelGate>(),
                        provider.GetRequiredService<ModelKey>().Read(options),
                        provider.GetRequiredService<EventLog>(),
                        provider.GetRequiredService<IOptions<BudgetOptions>>().Value.Budgets.Count > 0);
                });
}
