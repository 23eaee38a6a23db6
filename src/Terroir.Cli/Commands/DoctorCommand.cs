using System.CommandLine;
using Spectre.Console;
using Terroir.Cli.Diagnosis;
using Terroir.Cli.Output;

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
            await foreach (var finding in Examination.RunAsync(parsed.GetValue(CommandLine.Data)!, stop))
            {
                findings.Add(finding);
            }

            // What mends is pasted into a shell: it must mean this site.
            findings = findings.ConvertAll(finding => finding.Mend is null
                ? finding
                : finding with { Mend = CommandLine.WithData(parsed, finding.Mend) });
            CommandLine.Print(parsed, new { findings }, Draw(findings));
            return findings.Exists(finding => finding.Level == FindingLevel.Problem) ? ExitCode.Failed : ExitCode.Done;
        });

    private static IEnumerable<Spectre.Console.Rendering.IRenderable> Draw(List<Finding> findings)
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
                grid.AddRow(Text.Empty, Terminal.Plain($"why:  {finding.Why}"));
                grid.AddRow(
                    Text.Empty,
                    Terminal.Plain($"mend: {finding.Mend}", new Style(decoration: Decoration.Bold)));
            }
        }

        yield return grid;
        yield return Terminal.Plain(
            $"{Terminal.Count(findings.Count(finding => finding.Level == FindingLevel.Problem), "problem")}, "
            + $"{Terminal.Count(findings.Count(finding => finding.Level == FindingLevel.Warning), "warning")}.");
    }
}
