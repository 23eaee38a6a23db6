using System.CommandLine;
using Spectre.Console;
using Terroir.Cli.Diagnosis;
using Terroir.Cli.Output;
using Terroir.Server;

namespace Terroir.Cli.Commands;

/// <summary>Looks for what is or will go wrong.</summary>
internal static class DoctorCommand
{
    public static Command Create() => CommandLine.Create(
        "doctor",
        "Looks for what is wrong: the fact, why it matters, the command that mends it.",
        "terroir doctor",
        async (parsed, stop) =>
        {
            List<Finding> findings = [.. MachineChecks.Run(), await ReadingChecks.RunAsync(stop)];
            var folder = parsed.GetValue(CommandLine.Data)!;
            if (SiteFolder.Find(folder) is { } site)
            {
                findings.AddRange(FolderChecks.Run(site));
                await using var opened = CommandLine.Open(parsed);
                findings.AddRange(await SiteChecks.RunAsync(opened, stop));
                findings.AddRange(await ModelChecks.RunAsync(opened, stop));
            }
            else
            {
                findings.Add(Finding.Problem(
                    "site",
                    $"There is no site in {Path.GetFullPath(folder)}.",
                    "Documents need a place.",
                    $"terroir init --data {folder}"));
            }

            CommandLine.Print(parsed, new { findings }, [Draw(findings)]);
            return findings.Exists(finding => finding.Level == FindingLevel.Problem) ? ExitCode.Failed : ExitCode.Done;
        });

    private static Grid Draw(IEnumerable<Finding> findings)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (var finding in findings)
        {
            var (mark, style) = finding.Level switch
            {
                FindingLevel.Sound => ("ok", new Style(Color.Green)),
                FindingLevel.Warning => ("warning", new Style(Color.Yellow)),
                _ => ("problem", new Style(Color.Red)),
            };
            grid.AddRow(Terminal.Plain(mark, style), Terminal.Plain($"{finding.Name}: {finding.Fact}"));
            if (finding.Level != FindingLevel.Sound)
            {
                grid.AddRow(Terminal.Plain(""), Terminal.Plain($"why:  {finding.Why}"));
                grid.AddRow(Terminal.Plain(""), Terminal.Plain($"mend: {finding.Mend}"));
            }
        }

        return grid;
    }
}
