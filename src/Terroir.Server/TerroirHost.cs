using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Terroir.Catalog;
using Terroir.Retrieval;
using Terroir.Server.Callers;
using Terroir.Server.Configuration;
using Terroir.Server.Emergency;
using Terroir.Server.Endpoints;
using Terroir.Server.Ldap;
using Terroir.Server.Lineage;
using Terroir.Server.Oidc;
using Terroir.Server.Problems;
using Terroir.Server.Retention;
using Terroir.Server.Scim;
using Terroir.Server.Witnesses;

namespace Terroir.Server;

/// <summary>Builds the web host of a site.</summary>
public static class TerroirHost
{
    /// <summary>Builds the host; the caller runs it.</summary>
    /// <param name="site">The site.</param>
    /// <param name="flags">Settings that come before all others, by full key such as <c>Terroir:Server:Url</c>.</param>
    /// <param name="configure">Adds to the services of the engine or replaces some; <see langword="null"/> leaves them.
    /// </param>
    /// <returns>The host.</returns>
    /// <exception cref="FormatException">The site's settings cannot be read.</exception>
    /// <exception cref="OptionsValidationException">A setting is wrong.</exception>
    public static WebApplication Build(
        SiteFolder site,
        IReadOnlyDictionary<string, string?> flags,
        Action<IServiceCollection>? configure = null)
    {
        // The slim builder reads no appsettings.json: all settings come from terroir.yaml, the environment and flags.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = site.Root });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddConfiguration(SiteConfiguration.Load(site, flags));
        builder.WebHost.UseUrls(builder.Configuration["Terroir:Server:Url"] ?? ServerOptions.DefaultUrl);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = ServerLimits.BodyBytesMax;
            kestrel.Limits.MaxConcurrentConnections = ServerLimits.ConnectionCountMax;
        });
        LogSetup.Configure(builder.Logging);
        AddWeb(builder.Services);
        builder.Services.AddTerroir(site, builder.Configuration);
        configure?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseSecurityHeaders();
        app.UseExceptionHandler();
        app.UseStatusCodePages(status => ProblemResponse.WriteStatusAsync(status.HttpContext));
        app.UseCallers();
        app.MapConversations();
        app.MapApprovals();
        app.MapAsk().MapReceipts().MapTlog().MapWitness().MapSearch().MapDocuments().MapPush().MapStatus();
        app.MapScim().MapEmergency().MapBudget().MapOpenAi().MapConsole();
        app.MapOpenApi().AllowEverybody();
        return app;
    }

    /// <summary>Writes JSON for people and programs: letters as they are, no nulls, enumerations by name.</summary>
    /// <param name="options">The options to set.</param>
    public static void ConfigureJson(JsonSerializerOptions options)
    {
        // Nothing here is put into a page as a script, so an apostrophe may stay one.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
    }

    private static void AddWeb(IServiceCollection services)
    {
        services.AddOptions<ServerOptions>().BindConfiguration(ServerOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ServerOptions>, ServerOptionsValidator>();
        services.AddSingleton<CallerResolver>();
        services.AddSingleton<Admission>();
        services.AddSingleton<RefusedKeys>();
        services.AddSingleton<SettingsWatch>();
        services.AddSingleton<SignIn>();
        services.AddSingleton<SignInLimits>();
        services.AddSingleton<SignInCheck>();
        services.AddSingleton<PendingSignIns>();
        services.AddSingleton<OidcSignIn>();
        services.AddSingleton<BearerTokens>();
        services.AddSingleton<RoleAssignment>();
        services.AddSingleton<ScimProvisioning>();
        services.AddCatalogWorker();
        services.AddHostedService<SourceWorker>();
        services.AddHostedService<LedgerWorker>();
        services.AddEmbeddingWorker();
        services.AddHostedService<WitnessWorker>();
        services.AddHostedService<LineageWorker>();
        services.AddHostedService<RetentionWorker>();
        services.AddHostedService<ConversationWorker>();
        services.AddHostedService<LdapWorker>();
        services.AddHostedService<PseudonymWorker>();
        services.AddHostedService<EmergencyWorker>();
        services.AddRazorComponents();

        // The sessions of the console end with the process; the default would keep a key outside the site's folder.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddValidation();
        services.AddOpenApi("v1");
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = ProblemResponse.Complete);
        services.AddExceptionHandler<ProblemWriter>();
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(options => ConfigureJson(options.SerializerOptions));
    }
}
