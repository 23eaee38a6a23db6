namespace Terroir;

/// <summary>A source cannot be read: its folder is gone or may not be entered, its server does not answer or refuses
/// the credentials. Code <c>TER1002</c>.</summary>
public sealed class SourceUnavailableException : TerroirException
{
    /// <summary>Creates the error for a source that is a folder. It is transient.</summary>
    /// <param name="source">The source.</param>
    /// <param name="location">Where it should be.</param>
    /// <param name="innerException">What the system reported.</param>
    public SourceUnavailableException(string source, string location, Exception? innerException = null)
        : base("TER1002", isTransient: true, Describe(source, location), innerException)
    {
        SourceId = source;
        Location = location;
    }

    /// <summary>Creates the error for a source of any kind.</summary>
    /// <param name="source">The source.</param>
    /// <param name="location">Where it reads, without secrets.</param>
    /// <param name="advice">What is wrong and what to do, as sentences, without secrets.</param>
    /// <param name="isTransient">Whether trying again may help; not so when credentials are refused.</param>
    /// <param name="retryAfter">How long to wait before, if the source says it.</param>
    /// <param name="innerException">What the source reported.</param>
    public SourceUnavailableException(
        string source,
        string location,
        string advice,
        bool isTransient = true,
        TimeSpan? retryAfter = null,
        Exception? innerException = null)
        : base("TER1002", isTransient, Describe(source, location, advice), innerException)
    {
        SourceId = source;
        Location = location;
        RetryAfter = retryAfter;
    }

    /// <summary>The source.</summary>
    public string SourceId { get; }

    /// <summary>Where it should be.</summary>
    public string Location { get; }

    /// <summary>How long to wait before trying again, if the source says it.</summary>
    public TimeSpan? RetryAfter { get; }

    private static string Describe(string source, string location) =>
        Describe(source, location, "Check that it is mounted and readable; its documents are kept meanwhile.");

    private static string Describe(string source, string location, string advice) =>
        $"Source '{source}' cannot be read at '{location}'. {advice}";
}
