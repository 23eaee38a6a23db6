namespace Terroir.Sovereignty.Cedar;

/// <summary>Makes the error of a fault.</summary>
internal static class Faults
{
    public static PolicyInvalidException Create(PolicyFault fault) =>
        new(fault, PolicyFaultText.English.Describe(fault));

    /// <summary>The error of JSON, which has a path instead of a line.</summary>
    public static PolicyInvalidException Json(string subject, PolicyFaultKind kind = PolicyFaultKind.InvalidJson) =>
        Create(new PolicyFault(kind, 0, 0, subject));

    public static PolicyInvalidException Limit(string limit) =>
        Create(new PolicyFault(PolicyFaultKind.LimitExceeded, 0, 0, limit));
}
