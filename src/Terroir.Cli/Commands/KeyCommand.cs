using System.Buffers.Text;
using System.CommandLine;
using System.Security.Cryptography;
using Terroir.Access;
using Terroir.Cli.Commands.Identity;
using Terroir.Provenance.Events;

namespace Terroir.Cli.Commands;

/// <summary>Makes API keys, and manages the keys that seal what is stored.</summary>
internal static class KeyCommand
{
    private const int KeyLength = 32;

    public static Command Create()
    {
        var command = new Command("key", "Manages API keys, and the keys that seal what is stored.");
        command.Subcommands.Add(CreateCreate());
        command.Subcommands.Add(WitnessKeyCommand.Create());
        foreach (var verb in KeyRingCommands.Create())
        {
            command.Subcommands.Add(verb);
        }

        return command;
    }

    private static Command CreateCreate()
    {
        var user = new Argument<string>("user") { Description = "Whose key: the id of a user." };
        return CommandLine.Create(
            "create",
            "Makes an API key and shows it once, with the lines to add to directory.yaml.",
            "terroir key create nadia.benali",
            async (parsed, stop) =>
            {
                await using var site = CommandLine.Open(parsed);
                var principal = parsed.GetValue(user)!;
                if (await AskCommand.FindAsync(site, principal, stop) is null)
                {
                    return await UserCommand.RefuseAsync(principal);
                }

                var key = $"ter_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyLength))}";
                var hash = SiteDirectory.HashKey(key);
                await OperatorLog.RecordAsync(site, EventKinds.KeyCreated, principal, $"{principal}: {hash}", stop);
                CommandLine.Print(
                    parsed,
                    new { key, hash, principal },
                    [
                        $"The key, shown only here: {key}",
                        $"Add to 'keys:' in {site.Folder.DirectoryFile}:",
                        $"  - hash: {hash}",
                        $"    principal: {principal}",
                    ]);
                return ExitCode.Done;
            },
            user);
    }
}
