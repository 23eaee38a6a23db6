using System.Text;
using Terroir.Catalog;
using Terroir.Documents;
using Terroir.Retrieval.Text;
using Terroir.Storage;

namespace Terroir.Retrieval;

/// <summary>Reads the passages of hits, and keeps the documents that were shown last.</summary>
/// <remarks>Safe to call from several threads. A document is kept under the hashes of its text and its passages, and
/// only bytes that had those hashes are kept.</remarks>
internal sealed class PassageReading(ICatalog catalog)
{
    /// <summary>The documents kept, as the sum of their stored sizes.</summary>
    internal const long ContentSizeMaxBytes = 32L << 20;

    private readonly BoundedCache<(ContentHash Text, ContentHash Passages), DocumentContent> _contents =
        new(ContentSizeMaxBytes, content => content.SizeBytes);

    /// <summary>Reads one passage.</summary>
    /// <param name="collection">The collection of the document.</param>
    /// <param name="document">The document, which the asker may read.</param>
    /// <param name="ordinal">The passage.</param>
    /// <param name="score">The hit's score.</param>
    /// <param name="terms">The terms to be highlighted.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async ValueTask<PassageHit> ReadAsync(
        CollectionId collection,
        DocumentVersion document,
        int ordinal,
        double score,
        IReadOnlySet<string> terms,
        CancellationToken cancellationToken)
    {
        var content = await ReadAsync(document, cancellationToken);
        var passage = content.PassageOf(ordinal)
            ?? throw new BlobCorruptException($"passages of document {document.Id}");
        var text = content.TextOf(passage);
        var highlights = TextAnalysis.Analyze(text, TextAnalysis.ChainOf(passage.Language))
            .Concat(IdentifierFinder.Find(text))
            .Where(token => terms.Contains(token.Term))
            .Select(token => new TextRange(token.Start, token.End));
        return new PassageHit(collection, document, passage, text, score, Join(highlights))
        {
            Tables = [.. PassageTables.Of(passage, content.Text.Span, text)],
        };
    }

    // Words of an identifier that are words of the query too are one range with it.
    private static List<TextRange> Join(IEnumerable<TextRange> ranges)
    {
        var joined = new List<TextRange>();
        foreach (var range in ranges.OrderBy(range => range.Start))
        {
            if (joined.Count > 0 && range.Start < joined[^1].End)
            {
                joined[^1] = joined[^1] with { End = Math.Max(range.End, joined[^1].End) };
            }
            else
            {
                joined.Add(range);
            }
        }

        return joined;
    }

    /// <summary>Reads the text and the passages of a document.</summary>
    /// <param name="document">The document, which the asker may read.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async ValueTask<DocumentContent> ReadAsync(DocumentVersion document, CancellationToken cancellationToken)
    {
        var key = (document.Text.Hash, document.Passages.Hash);
        if (_contents.Find(key) is { } known)
        {
            return known;
        }

        var content = new DocumentContent(
            await catalog.ReadBlobAsync(document.Text, cancellationToken),
            await catalog.ReadPassagesAsync(document, cancellationToken),
            document.Text.Length + document.Passages.Length);
        _contents.Keep(key, content);
        return content;
    }
}

/// <summary>A document as it is stored.</summary>
/// <param name="Text">The canonical text, UTF-8.</param>
/// <param name="Passages">The passages by ordinal.</param>
/// <param name="SizeBytes">The stored size of both.</param>
internal sealed record DocumentContent(ReadOnlyMemory<byte> Text, IReadOnlyList<Passage> Passages, long SizeBytes)
{
    /// <summary>The passage, or <see langword="null"/> if the records and the index disagree.</summary>
    public Passage? PassageOf(int ordinal) =>
        ordinal < Passages.Count && Passages[ordinal] is { } passage
        && passage.Start >= 0 && passage.Start <= passage.End && passage.End <= Text.Length
            ? passage
            : null;

    /// <summary>The text of a passage.</summary>
    public string TextOf(Passage passage) => Encoding.UTF8.GetString(Text.Span[passage.Start..passage.End]);
}
