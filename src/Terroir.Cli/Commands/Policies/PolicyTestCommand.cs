using System.CommandLine;
using Terroir.Cli.Output;
using Terroir.Sovereignty.Cedar;

namespace Terroir.Cli.Commands.Policies;

/// <summary>Runs the tests of policies.</summary>
internal static class PolicyTestCommand
{
    /// <summary>The failures that are shown to people; JSON has all.</summary>
    private const int ShownCountMax = 20;

    public static Command Create()
    {
        var folder = new Argument<string>("dir")
        {
            Description = "A folder of cases in the public Cedar integration-test format, or of .tar.gz with cases.",
        };
        return CommandLine.Create(
            "test",
            "Runs tests of policies: each case has policies, entities, a schema and requests with their decisions.",
            "terroir policy test policies/tests",
            async (parsed, stop) =>
            {
                var path = parsed.GetValue(folder)!;
                if (!Directory.Exists(path))
                {
                    return await CommandLine.RefuseAsync($"There is no folder '{path}'.");
                }

                var report = await PolicyCaseRunner.RunAsync(path, isTaken: null, stop);
                if (report.Cases == 0)
                {
                    return await CommandLine.RefuseAsync($"'{path}' holds no case: a JSON file with 'requests'.");
                }

                CommandLine.Print(parsed, report, Draw(report));
                return report.IsPassed ? ExitCode.Done : ExitCode.Failed;
            },
            folder);
    }

    private static IEnumerable<string> Draw(PolicyCaseReport report) =>
    [
        .. report.Failures.Take(ShownCountMax).Select(failure =>
            $"{failure.Case}{(failure.Request is { } request ? $", {request}" : "")}: expected {failure.Expected}; "
            + $"got {failure.Actual}"),
        .. report.Failures.Skip(ShownCountMax).Take(1)
            .Select(_ => $"... and {report.Failures.Count - ShownCountMax} more"),
        $"{Terminal.Count(report.Cases, "case")}, {Terminal.Count(report.Requests, "request")}: {report.Passed} passed,"
            + $" {report.Failed} failed; {report.Validations - report.ValidationsFailed} of"
            + $" {Terminal.Count(report.Validations, "check")} against the schema as expected.",
    ];
}
