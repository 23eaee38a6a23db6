using System.Text;
using Terroir.Access;
using Terroir.Catalog;
using Terroir.Kinship;

namespace Terroir.Answers;

/// <summary>Turns supports into citations, if they still hold.</summary>
internal sealed class CitationCheck(ICatalog catalog)
{
    /// <summary>Compares a support with what is stored and permitted now.</summary>
    /// <param name="support">What a composer says supports a statement.</param>
    /// <param name="number">The citation's number.</param>
    /// <param name="asker">Who reads it.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The citation, or <see langword="null"/>: the document is gone or has another version, the asker may
    /// no longer read it, or its bytes are not the quote.</returns>
    /// <exception cref="BlobCorruptException">The document's bytes are not those that were stored.</exception>
    public async Task<Citation?> CheckAsync(
        Support support,
        int number,
        Asker asker,
        CancellationToken cancellationToken)
    {
        // The quote is compared with bytes read anew: nothing that a search returned is trusted on its own.
        var hit = support.Hit;
        var live = await catalog.FindDocumentAsync(hit.Collection, hit.Document.Id, cancellationToken);
        if (live is null || live.Version != hit.Document.Version || !asker.MayRead(live.Access))
        {
            return null;
        }

        var start = hit.Passage.Start + Encoding.UTF8.GetByteCount(hit.Text.AsSpan(0, support.Start));
        var end = start + Encoding.UTF8.GetByteCount(support.Text);
        var text = await catalog.ReadBlobAsync(live.Text, cancellationToken);
        var isExact = end <= text.Length
            && text.Span[start..end].SequenceEqual(Encoding.UTF8.GetBytes(support.Text));
        return isExact
            ? new Citation(
                number,
                hit.Collection,
                live.Id,
                live.Version,
                live.Title,
                live.Path,
                hit.Passage.Ordinal,
                start,
                end,
                support.Text,
                hit.Passage.PlaceOf(start))
            {
                Hit = hit,
                Duplicates = await KeepReadableAsync(hit.Duplicates, asker, cancellationToken),
                ValidFrom = live.ValidFrom,
                ValidUntil = live.ValidUntil,
            }
            : null;
    }

    private async Task<IReadOnlyList<CitedKin>> KeepReadableAsync(
        IReadOnlyList<KinDocument> kin,
        Asker asker,
        CancellationToken cancellationToken)
    {
        var kept = new List<CitedKin>();
        foreach (var item in kin)
        {
            var live = await catalog.FindDocumentAsync(item.Collection, item.Document.Id, cancellationToken);
            if (live is not null && live.Version == item.Document.Version && asker.MayRead(live.Access))
            {
                kept.Add(CitedKin.Of(item));
            }
        }

        return kept;
    }
}
