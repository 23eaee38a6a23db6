namespace Terroir.Connectors.Connecting;

/// <summary>A source cannot be reached or refuses: what is wrong and what to do. A connector turns it into
/// <see cref="SourceUnavailableException"/>, or into a step of a trial.</summary>
internal sealed class SourceFaultException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="advice">What is wrong and what to do, as sentences, without secrets.</param>
    /// <param name="innerException">What was reported.</param>
    public SourceFaultException(string advice, Exception? innerException = null)
        : base(advice, innerException)
    {
    }

    /// <summary>Whether trying again may help.</summary>
    public bool IsTransient { get; init; }

    /// <summary>How long to wait before, if the source says it.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The error that a synchronisation ends with.</summary>
    public SourceUnavailableException For(string source, string location) =>
        new(source, location, Message, IsTransient, RetryAfter, this);
}
