using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Terroir.Cli.Output;
using Terroir.Protection;
using Terroir.Server.Protection;
using Terroir.Storage.Embedded;

namespace Terroir.Cli.Commands;

/// <summary>Shows, rotates, exports and imports the keys that seal what is stored. No verb prints a key.</summary>
internal static class KeyRingCommands
{
    private static readonly Argument<string> File = new("file") { Description = "The file of the export." };

    private static readonly Option<string> Passphrase = new("--passphrase")
    {
        Description = "A file whose one line is the passphrase of the export: 12 characters or more.",
        Required = true,
    };

    private static readonly Option<string?> To = CreateTo();

    public static IEnumerable<Command> Create() => [CreateShow(), CreateRotate(), CreateExport(), CreateImport()];

    private static Option<string?> CreateTo()
    {
        var to = new Option<string?>("--to")
        {
            Description = "Where the new master key is kept: wrapped by the token or the TPM of the settings, "
                + "or in keys/master.key. Without it: where the old one is.",
        };
        to.AcceptOnlyFromAmong("token", "file");
        return to;
    }

    private static Command CreateShow() => CommandLine.Create(
        "show",
        "Lists the keys that seal what is stored: their ids, never the keys.",
        "terroir key show",
        async (parsed, _) =>
        {
            await using var site = CommandLine.Open(parsed);
            var keys = site.Services.GetRequiredService<IKeyRing>().List();
            var isSealing = site.Services.GetRequiredService<IOptions<ProtectionOptions>>().Value.Encryption;
            CommandLine.Print(
                parsed,
                new { sealing = isSealing, keys },
                [
                    .. keys.Select(key => $"{key.Id}  {key.Collection.Value}"
                        + $"{(key.Use is KeyUse.Objects ? " (segments)" : "")}  {key.CreatedAt:yyyy-MM-dd HH:mm} UTC  "
                        + $"wrapped by {Name(site.Folder, key.Wrapping)}"
                        + $"{(key.IsCurrent ? ", seals new content" : "")}"),
                    isSealing
                        ? $"{Terminal.Count(keys.Count, "key")}; new content is sealed."
                        : $"{Terminal.Count(keys.Count, "key")}; new content is not sealed (protection: encryption:).",
                ]);
            return ExitCode.Done;
        });

    private static Command CreateRotate()
    {
        var collection = new Argument<string?>("collection")
        {
            Description = "The collection that gets a new key. Without it the site gets a new master key, and every "
                + "key is wrapped anew.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        return CommandLine.Create(
            "rotate",
            "Makes a new key for a collection, or a new master key. Nothing that is stored is written again.",
            "terroir key rotate documents",
            async (parsed, _) =>
            {
                await using var site = CommandLine.Open(parsed);
                return parsed.GetValue(collection) is { } name
                    ? await RotateCollectionAsync(parsed, site, name)
                    : await RotateMasterAsync(parsed, site);
            },
            collection,
            To);
    }

    private static async Task<int> RotateCollectionAsync(ParseResult parsed, Server.Site site, string name)
    {
        var heads = await site.Services.GetRequiredService<Catalog.ICatalog>()
            .ListHeadsAsync(CancellationToken.None);
        if (heads.FirstOrDefault(head => string.Equals(head.Collection.Value, name, StringComparison.Ordinal))
            is not { } head)
        {
            return await CommandLine.RefuseAsync($"There is no collection '{name}'. See 'terroir status'.");
        }

        var keys = site.Services.GetRequiredService<IKeyRing>();
        var id = keys.Rotate(head.Collection);
        var objects = keys.RotateObjects(head.Collection);
        CommandLine.Print(
            parsed,
            new { key = id, objectsKey = objects, collection = name },
            [
                $"Keys {id} (documents) and {objects} (segments) seal what '{name}' stores from now on. "
                    + "Older keys still open what they sealed.",
            ]);
        return ExitCode.Done;
    }

    private static async Task<int> RotateMasterAsync(ParseResult parsed, Server.Site site)
    {
        var options = site.Services.GetRequiredService<IOptions<ProtectionOptions>>().Value;
        if (options.MasterKey.Length > 0 || options.Passphrase.Length > 0)
        {
            return await CommandLine.RefuseAsync(
                "The settings name the master key. To change it: 'terroir key export', set the new one, then "
                + "'terroir key import'.");
        }

        var to = parsed.GetValue(To);
        if (to is "token" && !options.HasToken)
        {
            return await CommandLine.RefuseAsync(
                "The settings name no token: set 'protection: tokenModule:' or 'tpmPcrs:' first.");
        }

        bool? toToken = to is null ? null : to is "token";
        var count = MasterKeyFile.Rotate(
            site.Folder,
            site.Services.GetRequiredService<IKeyRing>(),
            options,
            toToken);
        var isInToken = System.IO.File.Exists(site.Folder.TokenKeyFile);
        var path = isInToken ? site.Folder.TokenKeyFile : site.Folder.MasterKeyFile;
        CommandLine.Print(
            parsed,
            new { wrapped = count, masterKey = path },
            [
                $"{Terminal.Count(count, "key")} wrapped under a new master key, {path}.",
                isInToken
                    ? "Only the token opens it. Make a new backup, and 'terroir key export' for the day it is lost."
                    : "Backups that were made before need the old one. Make a new backup, and keep the new key "
                        + "elsewhere.",
            ]);
        return ExitCode.Done;
    }

    private static Command CreateExport() => CommandLine.Create(
        "export",
        "Writes the keys that seal what is stored to a file, wrapped under a passphrase.",
        "terroir key export keys.json --passphrase pass.txt",
        async (parsed, _) =>
        {
            await using var site = CommandLine.Open(parsed);
            if (MasterKeyFile.TryRead(parsed.GetValue(Passphrase)!, isPassphrase: true) is not { } secret)
            {
                return await RefusePassphraseAsync(parsed);
            }

            var ring = site.Services.GetRequiredService<IKeyRing>();
            var path = Path.GetFullPath(parsed.GetValue(File)!);
            DurableFile.Replace(path, ring.Export(secret), DurableFile.OwnerOnly);
            var count = ring.List().Count;
            CommandLine.Print(
                parsed,
                new { file = path, keys = count },
                [$"{Terminal.Count(count, "key")} in {path}, wrapped under the passphrase."]);
            return ExitCode.Done;
        },
        File,
        Passphrase);

    private static Command CreateImport() => CommandLine.Create(
        "import",
        "Takes keys of an export that are missing here, or cannot be unwrapped here.",
        "terroir key import keys.json --passphrase pass.txt",
        async (parsed, stop) =>
        {
            await using var site = CommandLine.Open(parsed);
            var path = parsed.GetValue(File)!;
            if (!System.IO.File.Exists(path))
            {
                return await CommandLine.RefuseAsync($"There is no file '{path}'.");
            }

            if (MasterKeyFile.TryRead(parsed.GetValue(Passphrase)!, isPassphrase: true) is not { } secret)
            {
                return await RefusePassphraseAsync(parsed);
            }

            var content = await System.IO.File.ReadAllBytesAsync(path, stop);
            if (site.Services.GetRequiredService<IKeyRing>().Import(content, secret) is not { } count)
            {
                return await CommandLine.RefuseAsync(
                    $"'{path}' is no export of keys, or was wrapped under another passphrase.");
            }

            CommandLine.Print(parsed, new { taken = count }, [$"{Terminal.Count(count, "key")} taken."]);
            return ExitCode.Done;
        },
        File,
        Passphrase);

    private static Task<int> RefusePassphraseAsync(ParseResult parsed) => CommandLine.RefuseAsync(
        $"'{parsed.GetValue(Passphrase)}' holds no passphrase: one line of 12 characters or more.");

    private static string Name(Server.SiteFolder site, string wrapping) =>
        string.Equals(wrapping, "passphrase", StringComparison.Ordinal) ? "the passphrase"
        : System.IO.File.Exists(site.TokenKeyFile) ? "the master key in the token"
        : "the master key";
}
