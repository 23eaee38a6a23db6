using System.CommandLine;
using Terroir.Server;

namespace Terroir.Cli.Commands;

/// <summary>Creates a site.</summary>
internal static class InitCommand
{
    public static Command Create() => CommandLine.Create(
        "init",
        "Creates a site: settings, directory and signing key.",
        "terroir init --data /srv/terroir",
        async (parsed, _) =>
        {
            var isNew = SiteFolder.Find(parsed.GetValue(CommandLine.Data)!) is null;
            var folder = SiteFolder.Create(parsed.GetValue(CommandLine.Data)!);
            await using var site = CommandLine.Open(parsed);
            CommandLine.Print(
                parsed,
                new { site = folder.Root, created = isNew },
                [
                    isNew
                        ? $"The site is in {folder.Root}."
                        : $"A site is in {folder.Root} already; nothing was changed.",
                    "Next: say who may ask, with 'terroir user add' or in directory.yaml; then "
                        + "'terroir source add NAME FOLDER'.",
                ]);
            return ExitCode.Done;
        });
}
