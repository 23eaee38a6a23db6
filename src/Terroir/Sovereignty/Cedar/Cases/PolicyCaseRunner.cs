using System.Text.Json;

namespace Terroir.Sovereignty.Cedar;

/// <summary>Runs cases in the public integration-test format of the language: each is a JSON file that names policies,
/// entities and a schema, says whether the policies are valid, and lists requests with the expected decision, reasons
/// and errors.</summary>
public sealed class PolicyCaseRunner
{
    private readonly List<PolicyCaseFailure> _failures = [];
    private int _cases;
    private int _requests;
    private int _failed;
    private int _validations;
    private int _validationsFailed;

    private PolicyCaseRunner()
    {
    }

    /// <summary>Runs all cases of a folder and of the archives in it.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="isTaken">Which cases to run, by the name of their file; <see langword="null"/> for all.</param>
    /// <param name="cancellationToken">Stops between two cases.</param>
    public static async Task<PolicyCaseReport> RunAsync(
        string folder,
        Predicate<string>? isTaken,
        CancellationToken cancellationToken)
    {
        var runner = new PolicyCaseRunner();
        await foreach (var file in PolicyCaseFiles.ListAsync(folder, cancellationToken))
        {
            if (isTaken is null || isTaken(file.Name))
            {
                await runner.RunAsync(file, cancellationToken);
            }
        }

        return new PolicyCaseReport(
            runner._cases,
            runner._requests,
            runner._requests - runner._failed,
            runner._failed,
            runner._validations,
            runner._validationsFailed,
            runner._failures);
    }

    private async Task RunAsync(PolicyCaseFile file, CancellationToken cancellationToken)
    {
        using var json = CedarJson.Parse(file.Text);
        if (CedarJson.Find(json.RootElement, "requests") is not { ValueKind: JsonValueKind.Array } requests)
        {
            return;
        }

        _cases++;
        _requests += requests.GetArrayLength();
        try
        {
            var schema = CedarSchema.Parse(await ReadAsync(file, json.RootElement, "schema", cancellationToken));
            var policies = PolicySet.Parse(await ReadAsync(file, json.RootElement, "policies", cancellationToken));
            Validate(file, json.RootElement, policies, schema);
            var known = await ReadAsync(file, json.RootElement, "entities", cancellationToken);
            var entities = EntityReader.Read(known, schema);
            foreach (var request in requests.EnumerateArray())
            {
                Run(file, request, policies, entities, schema);
            }
        }
        catch (PolicyInvalidException exception)
        {
            _failed += requests.GetArrayLength();
            _failures.Add(new PolicyCaseFailure(file.Name, Request: null, "readable", exception.Message));
        }
    }

    private static async Task<string> ReadAsync(
        PolicyCaseFile file,
        JsonElement json,
        string part,
        CancellationToken cancellationToken)
    {
        var name = CedarJson.String(CedarJson.Required(json, part), part);
        return await file.FindAsync(name, cancellationToken) ?? throw Faults.Json($"there is no file '{name}'");
    }

    private void Validate(PolicyCaseFile file, JsonElement json, PolicySet policies, CedarSchema schema)
    {
        if (CedarJson.Find(json, "shouldValidate") is not { } expected)
        {
            return;
        }

        _validations++;
        var faults = PolicyValidator.Validate(policies, schema).Where(fault => !fault.IsWarning).ToList();
        if (expected.GetBoolean() != (faults.Count == 0))
        {
            _validationsFailed++;
            _failures.Add(new PolicyCaseFailure(
                file.Name,
                Request: null,
                expected.GetBoolean() ? "valid" : "not valid",
                faults.Count == 0 ? "valid" : PolicyFaultText.English.Describe(faults[0].Fault)));
        }
    }

    private void Run(
        PolicyCaseFile file,
        JsonElement json,
        PolicySet policies,
        EntityStore entities,
        CedarSchema schema)
    {
        var expected = Describe(
            CedarJson.String(CedarJson.Required(json, "decision"), "decision"),
            CedarJson.Strings(json, "reason"),
            CedarJson.Strings(json, "errors"));
        string actual;
        try
        {
            var isChecked = CedarJson.Find(json, "validateRequest") is not { ValueKind: JsonValueKind.False };
            var request = RequestReader.Read(json, schema, isChecked);
            var result = policies.Authorize(request, entities);
            actual = Describe(
                result.IsAllowed ? "allow" : "deny",
                result.Reasons,
                result.Errors.Select(error => error.PolicyId));
        }
        catch (PolicyInvalidException exception)
        {
            actual = exception.Message;
        }

        if (!string.Equals(expected, actual, StringComparison.Ordinal))
        {
            _failed++;
            var description = CedarJson.Find(json, "description") is { } text
                ? CedarJson.String(text, "description")
                : "";
            _failures.Add(new PolicyCaseFailure(file.Name, description, expected, actual));
        }
    }

    private static string Describe(string decision, IEnumerable<string> reasons, IEnumerable<string> errors) =>
        $"{decision} reasons [{string.Join(", ", reasons.Order(StringComparer.Ordinal))}]"
        + $" errors [{string.Join(", ", errors.Order(StringComparer.Ordinal))}]";
}
