namespace Terroir;

/// <summary>A model on this machine cannot keep to a JSON schema. Code <c>TER3106</c>; not transient.</summary>
public sealed class SchemaUnsupportedException : TerroirException
{
    /// <summary>Creates the error for one schema.</summary>
    /// <param name="place">Where in the schema, such as <c>#/properties/age</c>; empty for the whole.</param>
    /// <param name="reason">What is not supported there.</param>
    public SchemaUnsupportedException(string place, string reason)
        : base("TER3106", isTransient: false, Describe(place, reason), innerException: null) =>
        (Place, Reason) = (place, reason);

    /// <summary>Where in the schema; empty for the whole.</summary>
    public string Place { get; }

    /// <summary>What is not supported there.</summary>
    public string Reason { get; }

    private static string Describe(string place, string reason) =>
        $"The JSON schema cannot be kept to{(place.Length > 0 ? $" at '{place}'" : "")}: {reason}. "
        + "'docs/features/models.md' lists what can be used.";
}
