using Terroir.Storage;

namespace Terroir.Catalog;

/// <summary>Turns prepared documents into packs, a segment and rows.</summary>
internal static class BatchBuilder
{
    public static Batch Build(
        IReadOnlyList<PreparedDocument> documents,
        CollectionId collection,
        ISegmentBuilder segments,
        ContentSeal seal,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        if (documents.Count == 0)
        {
            return new Batch([], [], []);
        }

        // Of two versions of one document in a batch the later one counts, as in two batches.
        documents = [.. documents.Reverse().DistinctBy(document => document.Id).Reverse()];
        var packs = new PackWriter();
        var numbers = documents
            .Select(document => (
                Original: packs.Add(seal.Blob(collection, document.Id, document.Original)),
                Text: packs.Add(seal.Blob(collection, document.Id, document.Text)),
                Passages: packs.Add(seal.Blob(
                    collection,
                    document.Id,
                    CatalogRecords.WritePassages(document.Passages)))))
            .ToArray();
        var (blobs, closed) = packs.Close();
        var built = segments.Build(
            [
                .. documents.Select(document => new SegmentDocument(
                    document.Id,
                    ContentHash.Of(document.Original.Span),
                    document.Title,
                    document.Text,
                    document.Passages)),
            ],
            cancellationToken);
        var segment = seal.Segment(collection, built);
        var rows = documents.Zip(numbers, (document, number) => new DocumentRow(
            Describe(document, blobs[number.Original], blobs[number.Text], blobs[number.Passages], now),
            segment.Object.Hash));
        return new Batch(
            [
                .. closed.DistinctBy(pack => pack.Hash).Select(pack => new StoredContent(
                    new StoredObject(pack.Hash, ObjectKind.Pack, pack.Content.Length),
                    pack.Content)),
                segment,
            ],
            [built.ToRow(segment.Object)],
            [.. rows]);
    }

    private static DocumentVersion Describe(
        PreparedDocument document,
        BlobRef original,
        BlobRef text,
        BlobRef passages,
        DateTimeOffset now) => new()
        {
            Id = document.Id,
            Source = document.Source,
            Path = document.Path,
            Version = original.Hash,
            Title = document.Title,
            MediaType = document.MediaType,
            Language = document.Language,
            ModifiedAt = document.ModifiedAt,
            Authors = document.Authors,
            CreatedAt = document.CreatedAt,
            ValidFrom = document.ValidFrom,
            ValidUntil = document.ValidUntil,
            Replaces = document.Replaces,
            ReplacedBy = document.ReplacedBy,
            IngestedAt = now,
            SizeBytes = document.Original.Length,
            Label = document.Label,
            Access = document.Access,
            Original = original,
            Text = text,
            Passages = passages,
            PassageCount = document.Passages.Count,
            Warnings = document.Warnings,
            Quality = document.Quality,
            Fingerprint = document.Fingerprint,
        };
}

/// <summary>What a batch of documents brings.</summary>
internal sealed record Batch(
    IReadOnlyList<StoredContent> Contents,
    IReadOnlyList<SegmentRow> Segments,
    IReadOnlyList<DocumentRow> Rows);

/// <summary>Bytes to be stored, with their description.</summary>
internal sealed record StoredContent(StoredObject Object, ReadOnlyMemory<byte> Content)
{
    public BlobRef WholeBlob => new(Object.Hash, 0, Content.Length, Object.Hash);

    public static StoredContent Of(ObjectKind kind, ReadOnlyMemory<byte> content) =>
        new(new StoredObject(ContentHash.Of(content.Span), kind, content.Length), content);
}
