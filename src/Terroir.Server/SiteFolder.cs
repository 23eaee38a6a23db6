using System.Text;
using Terroir.Catalog;
using Terroir.Provenance;
using Terroir.Storage;
using Terroir.Storage.Embedded;

namespace Terroir.Server;

/// <summary>The data folder of a site: settings, directory, key, metastore and objects.</summary>
public sealed class SiteFolder
{
    private SiteFolder(string root) => Root = Path.GetFullPath(root);

    /// <summary>The absolute path of the folder.</summary>
    public string Root { get; }

    /// <summary>The settings: <c>terroir.yaml</c>.</summary>
    public string ConfigurationFile => Path.Combine(Root, "terroir.yaml");

    /// <summary>Users, groups and API keys: <c>directory.yaml</c>.</summary>
    public string DirectoryFile => Path.Combine(Root, "directory.yaml");

    /// <summary>Accounts, passwords, keys and sessions: <c>identity.db</c>. A backup holds a copy without sessions.
    /// </summary>
    public string IdentityFile => Path.Combine(Root, "identity.db");

    /// <summary>The id that the site's manifests are stored under: <c>site-id</c>. It never changes.</summary>
    public string IdFile => Path.Combine(Root, "site-id");

    /// <summary>The secret seed of the site's signing key, as hexadecimal digits: <c>keys/site.key</c>.</summary>
    public string KeyFile => Path.Combine(Root, "keys", "site.key");

    /// <summary>The signing key as a backup holds it, wrapped: <c>keys/site.key.json</c>.</summary>
    public string WrappedKeyFile => KeyFile + ".json";

    /// <summary>The secret master key that wraps the others, as hexadecimal digits, unless the settings name another:
    /// <c>keys/master.key</c>. No backup holds it.</summary>
    public string MasterKeyFile => Path.Combine(Root, "keys", "master.key");

    /// <summary>The master key that is about to take its place: <c>keys/master.key.next</c>.</summary>
    internal string NextMasterKeyFile => MasterKeyFile + ".next";

    /// <summary>The master key as a token wrapped it, which takes the place of that file:
    /// <c>keys/master.key.token</c>.</summary>
    public string TokenKeyFile => MasterKeyFile + ".token";

    /// <summary>The one that is about to take its place: <c>keys/master.key.token.next</c>.</summary>
    internal string NextTokenKeyFile => TokenKeyFile + ".next";

    /// <summary>The wrapped keys of the collections: <c>keys/ring</c>.</summary>
    public string KeyRingFolder => Path.Combine(Root, "keys", "ring");

    /// <summary>The key of the site as a witness of others, and what it cosigned: <c>witness</c>.</summary>
    internal string WitnessFolder => Path.Combine(Root, "witness");

    /// <summary>The secret of the site as a witness, as hexadecimal digits: <c>witness/witness.key</c>.</summary>
    internal string WitnessKeyFile => Path.Combine(WitnessFolder, "witness.key");

    /// <summary>That secret as a backup holds it, wrapped: <c>witness/witness.key.json</c>.</summary>
    internal string WrappedWitnessKeyFile => WitnessKeyFile + ".json";

    /// <summary>What was cosigned last of each log: <c>witness/logs</c>.</summary>
    internal string WitnessedLogsFolder => Path.Combine(WitnessFolder, "logs");

    /// <summary>Is there in a site that was put back from a backup, whose witness may have cosigned more since:
    /// <c>witness/restored</c>.</summary>
    internal string RestoredWitnessFile => Path.Combine(WitnessFolder, "restored");

    /// <summary>The logs for which that was settled, each a file: <c>witness/confirmed</c>.</summary>
    internal string ConfirmedLogsFolder => Path.Combine(WitnessFolder, "confirmed");

    /// <summary>The events of OpenLineage: <c>lineage</c>. No backup holds them; they follow from the ledger.</summary>
    internal string LineageFolder => Path.Combine(Root, "lineage");

    /// <summary>The SQLite file of the metastore: <c>metastore.db</c>.</summary>
    public string MetastoreFile => Path.Combine(Root, "metastore.db");

    /// <summary>The file that the process which serves the site holds: <c>serve.lock</c>.</summary>
    internal string LockFile => Path.Combine(Root, "serve.lock");

    /// <summary>The folder of the object store: <c>objects</c>.</summary>
    public string ObjectsFolder => Path.Combine(Root, "objects");

    /// <summary>The folder of what can be computed again and is part of no backup: <c>derived</c>.</summary>
    public string DerivedFolder => Path.Combine(Root, "derived");

    /// <summary>The turns of conversations: <c>conversations</c>. A backup mirrors them.</summary>
    public string ConversationsFolder => Path.Combine(Root, "conversations");

    /// <summary>The folder of the models that were imported: <c>models</c>. A backup leaves them out, as the operator
    /// has what they were made of.</summary>
    public string ModelsFolder => Path.Combine(Root, "models");

    /// <summary>The policies of the site, <c>*.cedar</c>.</summary>
    public string PoliciesFolder => Path.Combine(Root, "policies");

    /// <summary>The folder of receipts that the command line wrote out: <c>receipts</c>. The store keeps them all;
    /// these are copies, and may be deleted.</summary>
    public string ReceiptsFolder => Path.Combine(Root, "receipts");

    /// <summary>The files beside the stores, which a backup copies as they are: no secret is among them.</summary>
    public IReadOnlyList<string> Files =>
    [
        IdFile,
        .. KeyRingFiles,
        .. File.Exists(TokenKeyFile) ? [TokenKeyFile] : Array.Empty<string>(),
        DirectoryFile,
        ConfigurationFile,
    ];

    private string[] KeyRingFiles => Directory.Exists(KeyRingFolder)
        ? [.. Directory.GetFiles(KeyRingFolder, "*.json").Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Opens a site that was created before.</summary>
    /// <param name="root">Its folder.</param>
    /// <returns>The site, or <see langword="null"/> if there is none in that folder.</returns>
    public static SiteFolder? Find(string root)
    {
        var site = new SiteFolder(root);
        return File.Exists(site.ConfigurationFile) && File.Exists(site.KeyFile) ? site : null;
    }

    /// <summary>Opens a backup of a site.</summary>
    /// <param name="root">Its folder.</param>
    /// <returns>The backup, or <see langword="null"/> if there is none in that folder.</returns>
    public static SiteFolder? FindBackup(string root)
    {
        var site = new SiteFolder(root);
        return File.Exists(site.ConfigurationFile) && (File.Exists(site.WrappedKeyFile) || File.Exists(site.KeyFile))
            ? site
            : null;
    }

    /// <summary>Creates a site, or keeps the one that is there. No file that exists is changed.</summary>
    /// <param name="root">Its folder.</param>
    /// <returns>The site.</returns>
    /// <exception cref="SiteDamagedException">The folder holds a site without its signing key or id.</exception>
    /// <exception cref="StorageFailedException">A file could not be written.</exception>
    public static SiteFolder Create(string root)
    {
        var site = new SiteFolder(root);
        site.ThrowIfIncomplete();
        CreatePrivate(site.Root);
        CreatePrivate(Path.GetDirectoryName(site.KeyFile)!);

        if (!File.Exists(site.KeyFile))
        {
            using var key = SiteKey.Generate();
            DurableFile.Replace(site.IdFile, Encoding.UTF8.GetBytes($"site-{key.Id.Hex[..12]}"));
            DurableFile.Replace(
                site.KeyFile,
                Encoding.ASCII.GetBytes(Convert.ToHexStringLower(key.ExportSeed())),
                DurableFile.OwnerOnly);
        }

        Protection.MasterKeyFile.Create(site);
        if (!File.Exists(site.DirectoryFile))
        {
            DurableFile.Replace(site.DirectoryFile, EmptyDirectory);
        }

        // The settings come last: a folder without them is no site, so an interrupted creation starts again.
        if (!File.Exists(site.ConfigurationFile))
        {
            DurableFile.Replace(site.ConfigurationFile, FirstSettings);
        }

        return site;
    }

    /// <summary>Reads the id and the signing key.</summary>
    /// <exception cref="SiteDamagedException">One of them is missing or is none.</exception>
    internal SiteIdentity ReadIdentity()
    {
        ThrowIfIncomplete();
        var id = File.ReadAllText(IdFile).Trim();
        if (!BlobKey.TryParse($"m/{id}/documents/{1:D20}", out _))
        {
            throw new SiteDamagedException(IdFile, "is no id of a site");
        }

        try
        {
            return new SiteIdentity(id, SiteKey.FromSeed(Convert.FromHexString(File.ReadAllText(KeyFile).Trim())));
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw new SiteDamagedException(KeyFile, "is no signing key");
        }
    }

    /// <summary>Refuses a folder with half of a site, and creates nothing.</summary>
    internal static void ThrowIfIncomplete(string root) => new SiteFolder(root).ThrowIfIncomplete();

    /// <summary>Refuses a site that has content and not what signs it: a new key could not prove what is there.
    /// </summary>
    private void ThrowIfIncomplete()
    {
        if (!File.Exists(MetastoreFile) && !Directory.Exists(ObjectsFolder))
        {
            return;
        }

        if (Array.Find([KeyFile, IdFile], file => !File.Exists(file)) is { } missing)
        {
            throw new SiteDamagedException(missing, "is missing");
        }
    }

    /// <summary>Creates a folder that only its owner enters: documents of every asker lie below it.</summary>
    private static void CreatePrivate(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        DurableFile.EnsureFolder(folder);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, DurableFile.OwnerOnly | UnixFileMode.UserExecute);
        }
    }

    private static ReadOnlySpan<byte> EmptyDirectory => """
        # Users, groups and API keys of this site; see docs/features/access.md.
        groups: []
        users: []

        """u8;

    private static ReadOnlySpan<byte> FirstSettings => """
        # Settings of this site; see docs/operations/configuration.md.
        # TERROIR__* variables of the environment, and then flags, come before what is written here.
        storage:
          provider: embedded
        server:
          url: http://127.0.0.1:5080
          demo: false

        """u8;
}
