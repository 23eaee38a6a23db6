namespace Terroir.Sovereignty.Cedar;

/// <summary>What cases in the public integration-test format of the language came to.</summary>
/// <param name="Cases">How many cases there were: policies with entities, a schema and requests.</param>
/// <param name="Requests">How many requests they hold.</param>
/// <param name="Passed">The requests whose decision, reasons and errors were as expected.</param>
/// <param name="Failed">The other requests.</param>
/// <param name="Validations">The cases whose policies were checked against their schema.</param>
/// <param name="ValidationsFailed">Those of which the check did not say what was expected.</param>
/// <param name="Failures">What differed.</param>
public sealed record PolicyCaseReport(
    int Cases,
    int Requests,
    int Passed,
    int Failed,
    int Validations,
    int ValidationsFailed,
    IReadOnlyList<PolicyCaseFailure> Failures)
{
    /// <summary>Whether everything was as expected.</summary>
    public bool IsPassed => Failed == 0 && ValidationsFailed == 0;
}

/// <summary>One difference.</summary>
/// <param name="Case">The file of the case.</param>
/// <param name="Request">The description of the request; <see langword="null"/> if it is about the whole case.</param>
/// <param name="Expected">What the case expects.</param>
/// <param name="Actual">What came instead.</param>
public sealed record PolicyCaseFailure(string Case, string? Request, string Expected, string Actual);
