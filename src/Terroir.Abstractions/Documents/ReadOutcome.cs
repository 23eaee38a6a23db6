namespace Terroir.Documents;

/// <summary>What came of reading a file: <see cref="Extracted"/> or <see cref="Unreadable"/>.</summary>
public abstract record ReadOutcome
{
    private protected ReadOutcome()
    {
    }
}

/// <summary>The file was read.</summary>
/// <param name="Document">Its content.</param>
public sealed record Extracted(ExtractedDocument Document) : ReadOutcome;

/// <summary>The file could not be read and goes to quarantine.</summary>
/// <param name="Reason">The kind of failure.</param>
/// <param name="Reader">The reader that gave up; <c>none</c> if no reader takes the format.</param>
/// <param name="Advice">What to do.</param>
/// <remarks>Immutable; equal by content.</remarks>
public sealed record Unreadable(UnreadableReason Reason, string Reader, params IReadOnlyList<Remark> Advice)
    : ReadOutcome
{
    /// <inheritdoc/>
    public bool Equals(Unreadable? other) => other is not null && Reason == other.Reason
        && string.Equals(Reader, other.Reader, StringComparison.Ordinal)
        && Advice.SequenceEqual(other.Advice);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Reason, Reader);
}
