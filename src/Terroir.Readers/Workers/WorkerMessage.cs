using Terroir.Documents;

namespace Terroir.Readers.Workers;

/// <summary>What a reading process says: exactly one of the first three is set.</summary>
internal sealed record WorkerMessage
{
    /// <summary>The process is ready, and this is what keeps it in.</summary>
    public WorkerIsolation? Ready { get; init; }

    /// <summary>The reader that begins with the file, or with the next page of it.</summary>
    public string? Started { get; init; }

    /// <summary>The end of the reading.</summary>
    public WireOutcome? Done { get; init; }

    /// <summary>With <see cref="Done"/>: the process must be replaced, since a program that it started still runs.
    /// </summary>
    public bool IsSpent { get; init; }
}

/// <summary>What the system keeps a reading process from.</summary>
/// <param name="HasLimits">Memory, processor time, open files and written files are limited.</param>
/// <param name="HasFilter">Network, other programs and writing are refused by a filter of system calls.</param>
internal sealed record WorkerIsolation(bool HasLimits, bool HasFilter);

/// <summary>An outcome on the wire: the contents of embedded files follow in the body, in order.</summary>
/// <param name="Document">What was read, without its embedded files.</param>
/// <param name="Embedded">The embedded files.</param>
/// <param name="Unreadable">Why it was not read.</param>
internal sealed record WireOutcome(
    ExtractedDocument? Document,
    IReadOnlyList<WireFile> Embedded,
    Unreadable? Unreadable);

/// <summary>An embedded file on the wire.</summary>
/// <param name="Path">Its path.</param>
/// <param name="SizeBytes">Its size.</param>
internal sealed record WireFile(string Path, int SizeBytes);
