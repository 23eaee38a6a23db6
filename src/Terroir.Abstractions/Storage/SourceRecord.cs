namespace Terroir.Storage;

/// <summary>A source that feeds a collection.</summary>
public sealed record SourceRecord
{
    /// <summary>Its name: the same characters as a collection's.</summary>
    public required string Id { get; init; }

    /// <summary>The collection that it feeds.</summary>
    public required CollectionId Collection { get; init; }

    /// <summary>The kind of connector: <c>folder</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Where it reads: for a folder its absolute path.</summary>
    public required string Location { get; init; }

    /// <summary>Where permissions come from: <c>file</c> (permissions.yaml) or <c>posix</c>.</summary>
    public required string Permissions { get; init; }

    /// <summary>Why synchronisation is stopped until a person confirms, or <see langword="null"/>.</summary>
    public string? HeldReason { get; init; }

    /// <summary>When it was last read to its end, or <see langword="null"/>.</summary>
    public DateTimeOffset? SyncedAt { get; init; }
}
