using Terroir.Documents;

namespace Terroir.Sources;

/// <summary>What a source has, or what has changed in it.</summary>
public sealed record SourceListing
{
    /// <summary>The items: each path once, in ordinal order of the paths.</summary>
    public required IReadOnlyList<ListedItem> Items { get; init; }

    /// <summary>Whether <see cref="Items"/> is all that there is, so that what is absent is gone; else it is what came
    /// or changed since the cursor.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>Paths that are gone since the cursor; empty if the listing is complete.</summary>
    public IReadOnlyList<string> Gone { get; init; } = [];

    /// <summary>Where the next listing may begin; <see langword="null"/> for a source that lists all each time. It is
    /// kept once everything of this listing is committed.</summary>
    public string? Cursor { get; init; }

    /// <summary>Parts that could not be looked into: what was read from there before stays.</summary>
    public IReadOnlyList<UnreadPart> Unread { get; init; } = [];

    /// <summary>What a person should mend in the source.</summary>
    public IReadOnlyList<SourceProblem> Problems { get; init; } = [];

    /// <summary>What was left out by rule.</summary>
    public IgnoredFiles Ignored { get; init; } = IgnoredFiles.None;
}

/// <summary>One thing of a source that is to become a document: a file, an object, a mail, a row.</summary>
public sealed record ListedItem
{
    /// <summary>Its path within the source, with <c>/</c>; not empty, stable while the item is the same, and shown to
    /// people. <c>!/</c> is kept for what is inside it.</summary>
    public required string Path { get; init; }

    /// <summary>What changes when its content may have changed, such as a size and time, or an entity tag; not
    /// empty.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The size in bytes, or <see langword="null"/> if the source does not tell.</summary>
    public long? SizeBytes { get; init; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset ModifiedAt { get; init; }

    /// <summary>Who may read it, as the source says.</summary>
    public required ItemReaders Readers { get; init; }

    /// <summary>What stays when it moves to another path, such as a file id; <see langword="null"/> if the source does
    /// not tell. The content is compared all the same.</summary>
    public string? Identity { get; init; }

    /// <summary>The name of the file, by which readers tell formats that they cannot tell by content;
    /// <see langword="null"/> for the last part of <see cref="Path"/>.</summary>
    public string? FileName { get; init; }

    /// <summary>The title that the source knows; it is shown in place of the document's own. <see langword="null"/>
    /// if it knows none.</summary>
    public string? Title { get; init; }
}

/// <summary>Who may read an item, and its label.</summary>
/// <param name="Access">Who may read. What cannot be understood opens nothing.</param>
/// <param name="Label">The classification; empty if none.</param>
public sealed record ItemReaders(AccessList Access, string Label)
{
    /// <summary>Nobody reads.</summary>
    public static ItemReaders Closed { get; } = new(AccessList.Nobody, "");
}

/// <summary>A part of a source that could not be looked into.</summary>
/// <param name="Path">The beginning of the paths in it, with <c>/</c> at its end; empty for all.</param>
/// <param name="Advice">What is wrong and what to do.</param>
public sealed record UnreadPart(string Path, Remark Advice);
