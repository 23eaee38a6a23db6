using System.Text;

namespace Terroir.Storage.Conformance;

/// <summary>Small records for tests of stores; equal arguments give equal records.</summary>
public static class StoreSamples
{
    /// <summary>A collection.</summary>
    public static CollectionId Chu { get; } = new("chu");

    /// <summary>Another collection.</summary>
    public static CollectionId Mairie { get; } = new("mairie");

    /// <summary>The bytes of a text.</summary>
    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>The hash of a text.</summary>
    public static ContentHash Hash(string text) => ContentHash.Of(Bytes(text));

    /// <summary>A pack of 1,000 bytes.</summary>
    public static StoredObject Pack(string name) => new(Hash(name), ObjectKind.Pack, 1_000);

    /// <summary>Records of 100 bytes.</summary>
    public static StoredObject Records(string name) => new(Hash(name), ObjectKind.Records, 100);

    /// <summary>A segment of 500 bytes over one document.</summary>
    public static SegmentRow Segment(string name) => new(Hash(name), 1, 3, 500);

    /// <summary>The object of a segment.</summary>
    public static StoredObject ObjectOf(SegmentRow segment) => new(segment.Hash, ObjectKind.Segment, segment.SizeBytes);

    /// <summary>A document of <see cref="Chu"/> whose bytes are in one pack.</summary>
    public static DocumentRow Document(string path, StoredObject pack, SegmentRow segment, string version = "1") =>
        new(
            new DocumentVersion
            {
                Id = DocumentId.For(Chu, "folder:" + path),
                Source = "partage",
                Path = path,
                Version = Hash($"{path} {version}"),
                Title = "Titre de " + path,
                MediaType = "text/plain",
                Language = "fr",
                ModifiedAt = new DateTimeOffset(2026, 3, 1, 8, 30, 0, TimeSpan.Zero),
                IngestedAt = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero),
                SizeBytes = 20,
                Label = "interne",
                Access = new AccessList([AccessList.Everyone], []),
                Original = new BlobRef(pack.Hash, 0, 20, Hash($"{path} {version}")),
                Text = new BlobRef(pack.Hash, 20, 15, Hash($"{path} {version} text")),
                Passages = new BlobRef(pack.Hash, 35, 5, Hash($"{path} {version} passages")),
                PassageCount = 3,
            },
            segment.Hash);

    /// <summary>An item of the source <c>partage</c>.</summary>
    public static SourceItem Item(string path, string source = "partage") => new()
    {
        Key = new SourceItemKey(source, path),
        Fingerprint = "20 2026-03-01",
        Content = Hash(path),
        Documents = [DocumentId.For(Chu, "folder:" + path)],
        AttemptCount = 1,
        TriedAt = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero),
    };
}
