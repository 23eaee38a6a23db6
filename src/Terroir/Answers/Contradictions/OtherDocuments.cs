using System.Text;
using Terroir.Catalog;
using Terroir.Kinship;
using Terroir.Kinship.Contradictions;
using Terroir.Retrieval;
using Terroir.Storage;

namespace Terroir.Answers.Contradictions;

/// <summary>Looks in other documents for what contradicts a cited sentence: in the passages that the search found, and
/// in the copies and versions that it listed with them.</summary>
/// <remarks>All of them may be read by the asker; whether that still holds is for the check of citations.</remarks>
internal sealed class OtherDocuments(ICatalog catalog)
{
    /// <summary>How many copies and versions of a cited document are read.</summary>
    internal const int DuplicateCountMax = 8;

    /// <summary>Larger texts of copies are not read.</summary>
    internal const int TextSizeMaxBytes = 1 << 20;

    /// <summary>Finds what differs.</summary>
    /// <param name="cited">The cited spans.</param>
    /// <param name="found">What the search found.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>For each pair of documents what differs first, in the order of the spans and then of rank.</returns>
    public async Task<IReadOnlyList<OtherStatement>> FindAsync(
        IReadOnlyList<Support> cited,
        SearchResult found,
        CancellationToken cancellationToken)
    {
        var others = new List<OtherStatement>();
        var seen = new HashSet<(DocumentId, DocumentId)>();
        foreach (var support in cited.Where(support => HasFigureOrDenial(support.Hit)))
        {
            var passage = Read(support.Hit);
            foreach (var hit in found.Hits.Concat(await ReadDuplicatesAsync(support.Hit, cancellationToken)))
            {
                var (one, another) = (support.Hit.Document.Id, hit.Document.Id);
                if (one != another && !seen.Contains((one, another)) && Compare(support, passage, hit) is { } other)
                {
                    seen.Add((one, another));
                    seen.Add((another, one));
                    others.Add(other);
                }
            }
        }

        return others;
    }

    private static OtherStatement? Compare(Support support, ComparedPassage passage, PassageHit hit)
    {
        var contradiction = passage.FindIn(Read(hit)).FirstOrDefault(item =>
            item.One.Start < support.End && support.Start < item.One.End);
        if (contradiction is null)
        {
            return null;
        }

        var other = new Support(hit, contradiction.Other.Start, contradiction.Other.End, 0, 0);
        return new OtherStatement(
            support,
            other,
            string.Join(", ", contradiction.Figures.Select(pair => pair.One.Text)),
            string.Join(", ", contradiction.Figures.Select(pair => pair.Other.Text)),
            support.Hit.Collection == hit.Collection && Succession.IsNewer(support.Hit.Document, hit.Document));
    }

    private static ComparedPassage Read(PassageHit hit) =>
        new(hit.Document.Title, hit.Passage.Headings, hit.Text);

    // A quick look before passages are compared.
    private static bool HasFigureOrDenial(PassageHit hit) =>
        hit.Text.Any(char.IsDigit) || hit.Duplicates.Count > 0 || Claim.DeniesSomething(hit.Text);

    private async Task<IReadOnlyList<PassageHit>> ReadDuplicatesAsync(
        PassageHit hit,
        CancellationToken cancellationToken)
    {
        var passages = new List<PassageHit>();
        foreach (var kin in hit.Duplicates.Where(kin => kin.Relation != KinRelation.Same).Take(DuplicateCountMax))
        {
            if (kin.Document.Text.Length <= TextSizeMaxBytes)
            {
                passages.AddRange(await ReadPassagesAsync(kin.Collection, kin.Document, cancellationToken));
            }
        }

        return passages;
    }

    // What is damaged or gone contradicts nothing: the cited document is what was asked about.
    private async Task<IReadOnlyList<PassageHit>> ReadPassagesAsync(
        CollectionId collection,
        DocumentVersion document,
        CancellationToken cancellationToken)
    {
        try
        {
            var text = await catalog.ReadBlobAsync(document.Text, cancellationToken);
            var passages = await catalog.ReadPassagesAsync(document, cancellationToken);
            return
            [
                .. passages.Select(passage => new PassageHit(
                    collection,
                    document,
                    passage,
                    Encoding.UTF8.GetString(text.Span[passage.Start..passage.End]),
                    0,
                    [])),
            ];
        }
        catch (TerroirException exception) when (exception is BlobCorruptException or BlobMissingException)
        {
            return [];
        }
    }
}

/// <summary>What another document says otherwise.</summary>
/// <param name="Cited">The cited span.</param>
/// <param name="Other">The span of the other document.</param>
/// <param name="CitedFigures">The figures of the cited span that differ, as written; empty for a denial.</param>
/// <param name="OtherFigures">Those of the other.</param>
/// <param name="IsOlder">Whether the other is an older version of the cited document.</param>
internal sealed record OtherStatement(
    Support Cited,
    Support Other,
    string CitedFigures,
    string OtherFigures,
    bool IsOlder);
