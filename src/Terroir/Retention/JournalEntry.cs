namespace Terroir.Retention;

/// <summary>What the journal holds one after the other; each is an object of its own, and never changes.</summary>
internal sealed record JournalEntry
{
    /// <summary>The version of the format.</summary>
    public int Format { get; init; } = 1;

    /// <summary>When it was written.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>An erasure that was ordered.</summary>
    public ErasureOrder? Order { get; init; }

    /// <summary>The id of an erasure that is complete.</summary>
    public string? Completed { get; init; }

    /// <summary>Documents that may come back.</summary>
    public IReadOnlyList<DocumentAddress>? Lifted { get; init; }

    /// <summary>A legal hold that was placed.</summary>
    public LegalHold? Hold { get; init; }

    /// <summary>The id of a legal hold that was lifted.</summary>
    public string? HoldLifted { get; init; }
}
