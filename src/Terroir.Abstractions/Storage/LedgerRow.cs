namespace Terroir.Storage;

/// <summary>An event of the ledger, as the site keeps it.</summary>
/// <param name="Kind">The kind, such as <c>generation</c>: 1 to 64 of <c>a-z 0-9 - .</c></param>
/// <param name="Time">When it happened.</param>
/// <param name="Entry">The entry of the ledger: at most 65,535 bytes, and commitments only.</param>
public sealed record LedgerRow(string Kind, DateTimeOffset Time, ReadOnlyMemory<byte> Entry)
{
    /// <summary>Who did it, if a person did: the id of a principal. Never in the entry.</summary>
    public string? Actor { get; init; }

    /// <summary>What it is about: the id of a document, a source or a receipt. Never in the entry.</summary>
    public string? Subject { get; init; }

    /// <summary>The statement that the entry commits to, and what shows its commitments, as JSON.</summary>
    public string? Detail { get; init; }
}

/// <summary>A row and its place.</summary>
/// <param name="Index">The place in the ledger, from 0.</param>
/// <param name="Row">The row.</param>
public sealed record PlacedLedgerRow(long Index, LedgerRow Row);

/// <summary>How far the ledger is.</summary>
/// <param name="RowCount">How many rows there are.</param>
/// <param name="Size">How many of them the tiles hold.</param>
/// <param name="Checkpoint">The signed checkpoint of that size; empty before the first.</param>
public sealed record LedgerState(long RowCount, long Size, ReadOnlyMemory<byte> Checkpoint);

/// <summary>Which events to find; what is <see langword="null"/> does not matter.</summary>
public sealed record LedgerQuery
{
    /// <summary>Only from this place on.</summary>
    public long FromIndex { get; init; }

    /// <summary>Only at this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only before this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only of this kind.</summary>
    public string? Kind { get; init; }

    /// <summary>Only by this principal.</summary>
    public string? Actor { get; init; }

    /// <summary>Only about this.</summary>
    public string? Subject { get; init; }
}
