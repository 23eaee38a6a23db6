namespace Terroir.Retention.Residue;

/// <summary>What a search for remains found so far.</summary>
internal sealed class FoundPlaces
{
    private readonly List<(ResiduePlace Place, ulong Hash, ContentHash Receipt)> _found = [];
    private readonly HashSet<ulong> _hashes = [];

    /// <summary>How many files were read.</summary>
    public int FileCount { get; set; }

    /// <summary>How many bytes were read.</summary>
    public long SizeBytes { get; set; }

    /// <summary>What was found.</summary>
    public IReadOnlySet<ulong> Hashes => _hashes;

    /// <summary>Notes what is found in a file, once for each hash: where it is everywhere, the second time says no
    /// more. </summary>
    /// <param name="name">The name of the file.</param>
    /// <param name="receipt">The receipt that it is, if it is one.</param>
    public Action<long, int, ulong> NoteIn(string name, ContentHash receipt = default)
    {
        var told = new HashSet<ulong>();
        return (offset, length, hash) =>
        {
            if (told.Add(hash))
            {
                _hashes.Add(hash);
                _found.Add((new ResiduePlace(name, offset, length), hash, receipt));
            }
        };
    }

    /// <summary>Reports what was found and is in no document that stays.</summary>
    public ResidueReport Report(int probeCount, IReadOnlySet<ulong> shared)
    {
        var left = _found.Where(item => !shared.Contains(item.Hash)).ToArray();
        return new ResidueReport(
            FileCount,
            SizeBytes,
            probeCount,
            [.. left.Select(item => item.Place).Take(ResidueReport.FoundMax)],
            shared.Count)
        {
            Receipts = [.. left.Select(item => item.Receipt).Where(receipt => !receipt.IsNone).Distinct()],
        };
    }
}
