namespace Terroir;

/// <summary>A source cannot be read: its folder is gone or may not be entered. Code <c>TER1002</c>,
/// transient.</summary>
public sealed class SourceUnavailableException : TerroirException
{
    /// <summary>Creates the error for one source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="location">Where it should be.</param>
    /// <param name="innerException">What the system reported.</param>
    public SourceUnavailableException(string source, string location, Exception? innerException = null)
        : base("TER1002", isTransient: true, Describe(source, location), innerException)
    {
        SourceId = source;
        Location = location;
    }

    /// <summary>The source.</summary>
    public string SourceId { get; }

    /// <summary>Where it should be.</summary>
    public string Location { get; }

    private static string Describe(string source, string location) =>
        $"Source '{source}' cannot be read at '{location}'. Check that it is mounted and readable; its documents are "
        + "kept meanwhile.";
}
