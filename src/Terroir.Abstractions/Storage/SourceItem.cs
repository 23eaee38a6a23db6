using Terroir.Documents;

namespace Terroir.Storage;

/// <summary>What is remembered of one file of a source, between two scans.</summary>
public sealed record SourceItem
{
    /// <summary>Its source and path.</summary>
    public required SourceItemKey Key { get; init; }

    /// <summary>What changes when the file may have changed: size, times, inode.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>What stays when it moves to another path, as its source says; <see langword="null"/> if it does not.
    /// </summary>
    public string? Identity { get; init; }

    /// <summary>The hash of its bytes; <c>default</c> if it could not be read.</summary>
    public ContentHash Content { get; init; }

    /// <summary>The documents that came from it: itself, and those inside it.</summary>
    public IReadOnlyList<DocumentId> Documents { get; init; } = [];

    /// <summary>Why it is in quarantine; <see langword="null"/> if it is not.</summary>
    public Unreadable? Quarantine { get; init; }

    /// <summary>How good it was found, if that is why it is in quarantine; else <see langword="null"/>.</summary>
    public DocumentQuality? Quality { get; init; }

    /// <summary>How often it was tried since it last changed.</summary>
    public int AttemptCount { get; init; }

    /// <summary>When it was last tried.</summary>
    public DateTimeOffset TriedAt { get; init; }
}

/// <summary>Names a file of a source.</summary>
/// <param name="Source">The source.</param>
/// <param name="Path">The path within it, with <c>/</c>; inside a mail or archive after <c>!/</c>.</param>
public sealed record SourceItemKey(string Source, string Path);
