using System.CommandLine;
using Spectre.Console;
using Terroir.Cli.Output;
using Terroir.Server.Configuration;

namespace Terroir.Cli.Commands;

/// <summary>Shows the settings.</summary>
internal static class ConfigCommand
{
    public static Command Create()
    {
        var command = new Command("config", "Shows the settings of a site.");
        command.Subcommands.Add(CreateShow());
        return command;
    }

    private static Command CreateShow()
    {
        var origin = new Option<bool>("--origin") { Description = "Also show where each setting comes from." };
        return CommandLine.Create(
            "show",
            "Shows the settings that are in force.",
            "terroir config show --origin",
            async (parsed, _) =>
            {
                await using var site = CommandLine.Open(parsed);
                var isDetailed = parsed.GetValue(origin);
                var settings = SiteConfiguration.List(site.Configuration);
                CommandLine.Print(
                    parsed,
                    new
                    {
                        settings = settings.Select(setting => new
                        {
                            setting.Key,
                            setting.Value,
                            origin = isDetailed ? setting.Origin : null,
                        }),
                    },
                    [Draw(settings, isDetailed)]);
                return ExitCode.Done;
            },
            origin);
    }

    private static Table Draw(IReadOnlyList<Setting> settings, bool isDetailed)
    {
        var table = isDetailed
            ? Terminal.CreateTable("Settings", "Setting", "Value", "Origin")
            : Terminal.CreateTable("Settings", "Setting", "Value");
        foreach (var setting in settings)
        {
            string[] cells = [setting.Key, setting.Value ?? "", setting.Origin];
            table.AddPlainRow(cells.AsSpan(0, isDetailed ? 3 : 2));
        }

        return table;
    }
}
