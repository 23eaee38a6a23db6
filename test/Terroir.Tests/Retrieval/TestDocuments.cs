using System.Text;
using Terroir.Catalog;
using Terroir.Documents;
using Terroir.Kinship;
using Terroir.Retrieval;
using Terroir.Retrieval.Segments;
using Terroir.Storage;

namespace Terroir.Tests.Retrieval;

/// <summary>Small documents, ready for a segment or for a writer.</summary>
internal static class TestDocuments
{
    public static readonly AccessList Open = new([AccessList.Everyone], []);

    /// <summary>A document whose passages are the paragraphs of its text.</summary>
    public static PreparedDocument Prepare(
        string name,
        string text,
        AccessList? access = null,
        string title = "t",
        string language = "fr",
        CollectionId? collection = null)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return new PreparedDocument
        {
            Id = DocumentId.For(collection ?? TestSite.Collection, $"s:{name}"),
            Source = "s",
            Path = name,
            Title = title,
            MediaType = "text/plain",
            Language = language,
            Access = access ?? Open,
            Original = bytes,
            Text = bytes,
            Passages = [.. Cut(text, language)],
            Fingerprint = TextSketch.Of(bytes),
        };
    }

    public static SegmentDocument ForSegment(PreparedDocument document) => new(
        document.Id,
        ContentHash.Of(document.Original.Span),
        document.Title,
        document.Text,
        document.Passages);

    /// <summary>A segment of documents, opened as a snapshot opens it.</summary>
    public static SnapshotSegment Index(PreparedDocument[] documents)
    {
        var built = new PostingSegmentBuilder().Build([.. documents.Select(ForSegment)], CancellationToken.None);
        var texts = new RecordTexts();
        return new SnapshotSegment(
            ContentHash.Of(built.Content.Span),
            new SegmentReader(built.Content),
            [.. documents.Select(document => DocumentRecord.Parse(Describe(document).ToJson(), texts))],
            new BoundedCache<DocumentRecord, DocumentVersion>(DocumentVersions.ReadCountMax, _ => 1));
    }

    /// <summary>The row that the catalogue would keep; its bytes are stored nowhere.</summary>
    public static DocumentVersion Describe(PreparedDocument document)
    {
        var hash = ContentHash.Of(document.Original.Span);
        var blob = new BlobRef(hash, 0, document.Original.Length, hash);
        return new DocumentVersion
        {
            Id = document.Id,
            Source = document.Source,
            Path = document.Path,
            Version = hash,
            Title = document.Title,
            MediaType = document.MediaType,
            Access = document.Access,
            Original = blob,
            Text = blob,
            Passages = blob,
            ModifiedAt = document.ModifiedAt,
            Fingerprint = document.Fingerprint,
        };
    }

    private static IEnumerable<Passage> Cut(string text, string language)
    {
        var start = 0;
        foreach (var (ordinal, paragraph) in text.Split('\n').Index())
        {
            var end = start + Encoding.UTF8.GetByteCount(paragraph);
            yield return new Passage
            {
                Ordinal = ordinal,
                Start = start,
                End = end,
                Language = language,
                Places = [new PlacedSpan(start, end, SourcePlace.Whole)],
            };
            start = end + 1;
        }
    }
}
