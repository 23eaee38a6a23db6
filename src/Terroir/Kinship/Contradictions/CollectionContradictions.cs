using System.Text;
using Terroir.Catalog;
using Terroir.Storage;

namespace Terroir.Kinship.Contradictions;

/// <summary>Finds, for operators, what near duplicates of a collection say otherwise than one another.</summary>
internal sealed class CollectionContradictions(ICatalog catalog)
{
    /// <summary>How many pairs of documents are read and compared.</summary>
    internal const int PairCountMax = 500;

    /// <summary>With how many of its near duplicates the newest of a group is compared.</summary>
    internal const int DuplicateCountMax = 8;

    /// <summary>Of how many passages of a document the first are compared.</summary>
    internal const int PassageCountMax = 64;

    /// <summary>Compares the newest of each group with the others, but not with its own older versions.</summary>
    public async Task<IReadOnlyList<DocumentContradiction>> FindAsync(
        IEnumerable<DuplicateGroup> groups,
        CancellationToken cancellationToken)
    {
        var found = new List<DocumentContradiction>();
        var pairs = groups.Where(group => !group.AreSame).SelectMany(PairsOf).Take(PairCountMax);
        foreach (var (one, other) in pairs)
        {
            var theirs = await ReadAsync(other, cancellationToken);
            foreach (var passage in await ReadAsync(one, cancellationToken))
            {
                found.AddRange(
                    from their in theirs
                    from item in passage.Compared.FindIn(their.Compared)
                    select new DocumentContradiction(
                        one,
                        other,
                        passage.Text[item.One.Start..item.One.End],
                        their.Text[item.Other.Start..item.Other.End]));
            }
        }

        return [.. found.Distinct()];
    }

    private static IEnumerable<(DocumentVersion One, DocumentVersion Other)> PairsOf(DuplicateGroup group) =>
        group.Documents.Skip(1).Take(DuplicateCountMax)
            .Select(item => (One: group.Documents[0].Document, Other: item.Document))
            .Where(pair => !Succession.IsNewer(pair.One, pair.Other) && !Succession.IsNewer(pair.Other, pair.One));

    private async Task<IReadOnlyList<(string Text, ComparedPassage Compared)>> ReadAsync(
        DocumentVersion document,
        CancellationToken cancellationToken)
    {
        var text = await catalog.ReadBlobAsync(document.Text, cancellationToken);
        var passages = await catalog.ReadPassagesAsync(document, cancellationToken);
        return
        [
            .. passages.Take(PassageCountMax)
                .Select(passage => (passage, Text: Encoding.UTF8.GetString(text.Span[passage.Start..passage.End])))
                .Select(item => (
                    item.Text,
                    new ComparedPassage(document.Title, item.passage.Headings, item.Text))),
        ];
    }
}
