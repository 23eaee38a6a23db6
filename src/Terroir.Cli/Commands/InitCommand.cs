using System.CommandLine;
using Terroir.Server;

namespace Terroir.Cli.Commands;

/// <summary>Creates a site.</summary>
internal static class InitCommand
{
    public static Command Create() => CommandLine.Create(
        "init",
        "Creates a site with its signing key. Example: terroir init --data /srv/terroir",
        async (parsed, stop) =>
        {
            var folder = parsed.GetValue(CommandLine.Data)!;
            Site.Create(folder);
            await using var site = await Site.OpenAsync(folder, TimeProvider.System, stop);
            CommandLine.Print(parsed, new { site = folder }, [$"The site is in {folder}. Next: terroir source add"]);
            return ExitCode.Done;
        });
}
