using System.CommandLine;
using Terroir.Cli.Diagnosis;
using Terroir.Server;

namespace Terroir.Cli.Commands;

/// <summary>Looks for what is or will go wrong.</summary>
internal static class DoctorCommand
{
    public static Command Create() => CommandLine.Create(
        "doctor",
        "Looks for what is wrong: the fact, why it matters, the command that mends it. Example: terroir doctor",
        async (parsed, stop) =>
        {
            var findings = new List<Finding>(MachineChecks.Run());
            var folder = parsed.GetValue(CommandLine.Data)!;
            if (SiteFolder.Find(folder) is { } site)
            {
                findings.AddRange(FolderChecks.Run(site));
                await using var opened = CommandLine.Open(parsed);
                findings.AddRange(await SiteChecks.RunAsync(opened, stop));
            }
            else
            {
                findings.Add(Finding.Problem(
                    "site",
                    $"There is no site in {Path.GetFullPath(folder)}.",
                    "Documents need a place.",
                    $"terroir init --data {folder}"));
            }

            CommandLine.Print(parsed, new { findings }, findings.SelectMany(Describe));
            return findings.Exists(finding => finding.Level == FindingLevel.Problem) ? ExitCode.Failed : ExitCode.Done;
        });

    private static IEnumerable<string> Describe(Finding finding)
    {
        var mark = finding.Level switch
        {
            FindingLevel.Sound => "ok      ",
            FindingLevel.Warning => "warning ",
            _ => "problem ",
        };
        yield return $"{mark} {finding.Name}: {finding.Fact}";
        if (finding.Level != FindingLevel.Sound)
        {
            yield return $"         why:  {finding.Why}";
            yield return $"         mend: {finding.Mend}";
        }
    }
}
