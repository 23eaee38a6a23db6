using System.CommandLine;
using Terroir.Cli.Output;
using Terroir.Sovereignty.Cedar;

namespace Terroir.Cli.Commands.Policies;

/// <summary>Checks policies, against a schema if there is one.</summary>
internal static class PolicyCheckCommand
{
    public static Command Create()
    {
        var files = PolicyFiles.CreateArgument();
        var schemaFile = PolicyFiles.CreateSchema();
        var language = CommandLine.CreateLanguage();
        return CommandLine.Create(
            "check",
            "Checks that policies can be read and, with a schema, that they raise no error of types.",
            "terroir policy check policies --schema policies/site.cedarschema",
            async (parsed, stop) =>
            {
                var words = PolicyFaultText.Of(parsed.GetValue(language)!);
                var schema = await PolicyFiles.ReadAsync(
                    parsed.GetValue(schemaFile),
                    words,
                    CedarSchema.Parse,
                    stop);
                var findings = new List<Finding>();
                var count = 0;
                foreach (var file in PolicyFiles.List(parsed.GetValue(files)!))
                {
                    var policies = new PolicySet(await PolicyFiles.ReadAsync(file, words, stop));
                    count += policies.Policies.Count;
                    if (schema is not null)
                    {
                        findings.AddRange(PolicyValidator.Validate(policies, schema).Select(fault => new Finding(
                            file,
                            fault.PolicyId,
                            fault.IsWarning,
                            fault.Fault.Kind.ToString(),
                            words.Describe(fault.Fault))));
                    }
                }

                var isValid = findings.TrueForAll(finding => finding.IsWarning);
                CommandLine.Print(
                    parsed,
                    new { Policies = count, IsValid = isValid, Findings = findings },
                    [
                        .. findings.Select(finding => $"{finding.File}:{finding.Message} ({finding.Policy})"),
                        $"{count} {(count == 1 ? "policy" : "policies")}, {Terminal.Count(findings.Count, "finding")}.",
                    ]);
                return isValid ? ExitCode.Done : ExitCode.Failed;
            },
            files,
            schemaFile,
            language);
    }

    private sealed record Finding(string File, string Policy, bool IsWarning, string Kind, string Message);
}
