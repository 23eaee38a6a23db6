namespace Terroir.Provenance.Extracts;

/// <summary>An entry of an extract.</summary>
/// <param name="Index">Its place in the ledger, from 0.</param>
/// <param name="Entry">The entry: the JSON that the leaf is the hash of.</param>
/// <param name="Path">The proof of inclusion: hashes in base64, at most 63.</param>
public sealed record ExtractEntry(long Index, string Entry, IReadOnlyList<string> Path)
{
    /// <summary>The id of the person who did it, as the site knows them; <see langword="null"/> for the site.</summary>
    public string? Actor { get; init; }

    /// <summary>The id of what it is about, as the site knows it.</summary>
    public string? Subject { get; init; }

    /// <summary>What opens the statement of the event: the text of <see cref="Events.LedgerEvent.ToDetail"/>.</summary>
    public string? Detail { get; init; }
}
