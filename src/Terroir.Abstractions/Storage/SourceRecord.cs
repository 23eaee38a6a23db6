using System.Text.Json.Serialization;

namespace Terroir.Storage;

/// <summary>A source that feeds a collection.</summary>
/// <remarks>It stands in manifests too, so that a lost metastore comes back with its sources; what only this metastore
/// can know (cursor, failure) does not.</remarks>
public sealed record SourceRecord
{
    // As text, so that equal records have equal settings.
    private readonly string? _settings;

    /// <summary>Its name: the same characters as a collection's.</summary>
    public required string Id { get; init; }

    /// <summary>The collection that it feeds.</summary>
    public required CollectionId Collection { get; init; }

    /// <summary>The kind of connector: <c>folder</c>, <c>push</c>, <c>s3</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Where it reads, for people: for a folder its absolute path.</summary>
    public required string Location { get; init; }

    /// <summary>Where permissions come from: one of <see cref="Sources.SourcePermissions"/>.</summary>
    public required string Permissions { get; init; }

    /// <summary>What was set, by name; never a secret. <see langword="null"/> if nothing was.</summary>
    public IReadOnlyDictionary<string, string>? Settings
    {
        get => SourceSettingsText.Read(_settings);
        init => _settings = SourceSettingsText.Write(value);
    }

    /// <summary>The most bytes a second that are read from it; <see langword="null"/> for no bound.</summary>
    public long? BandwidthBytesPerSecond { get; init; }

    /// <summary>Since when it is not read because a person paused it, or <see langword="null"/>.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>Why synchronisation is stopped until a person confirms, or <see langword="null"/>.</summary>
    public string? HeldReason { get; init; }

    /// <summary>When it was last read to its end, or <see langword="null"/>.</summary>
    public DateTimeOffset? SyncedAt { get; init; }

    /// <summary>Where the next listing begins: everything up to there is committed. <see langword="null"/> if the next
    /// one must be complete.</summary>
    [JsonIgnore]
    public string? Cursor { get; init; }

    /// <summary>When it was last listed completely, or <see langword="null"/>.</summary>
    [JsonIgnore]
    public DateTimeOffset? ListedAt { get; init; }

    /// <summary>Why it could not be read the last time, or <see langword="null"/>.</summary>
    [JsonIgnore]
    public SourceFailure? Failure { get; init; }
}

/// <summary>That a source could not be read.</summary>
/// <param name="Count">How often in a row.</param>
/// <param name="RetryAt">When it is tried again by itself.</param>
/// <param name="Reason">Why, without secrets.</param>
public sealed record SourceFailure(int Count, DateTimeOffset RetryAt, string Reason);
