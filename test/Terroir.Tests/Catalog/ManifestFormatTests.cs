using System.Text;
using Terroir.Catalog;
using Terroir.Provenance;
using Terroir.Storage;

namespace Terroir.Tests.Catalog;

/// <summary>Manifests and records are what <c>docs/formats/manifest.md</c> says, version 1.</summary>
public sealed class ManifestFormatTests : IDisposable
{
    private static readonly CollectionId Collection = new("qualite");
    private static readonly DateTimeOffset Time = new(2026, 11, 26, 8, 30, 0, 250, TimeSpan.Zero);

    private readonly SiteKey _key = SiteKey.FromSeed([.. Enumerable.Range(0, SiteKey.Length).Select(n => (byte)n)]);

    private static GenerationManifest Second => new()
    {
        Site = "valmont",
        Collection = Collection,
        Generation = 2,
        Previous = Hash("first"),
        Epoch = 7,
        Time = Time,
        Objects =
        [
            new StoredObject(Hash("pack"), ObjectKind.Pack, 4_096),
            new StoredObject(Hash("segment"), ObjectKind.Segment, 512),
            new StoredObject(Hash("records"), ObjectKind.Records, 1_000),
        ],
        Segments = [new SegmentRow(Hash("segment"), 2, 9, 512)],
        Records = new BlobRef(Hash("records"), 0, 1_000, Hash("records")),
        Removed = [DocumentId.For(Collection, "folder:ancien.md")],
        MergedSegments = [Hash("segment a"), Hash("segment b")],
        MergedInto = Hash("segment"),
        Sources =
        [
            new SourceRecord
            {
                Id = "partage",
                Collection = Collection,
                Kind = "folder",
                Location = "/srv/qualité",
                Permissions = "posix",
                SyncedAt = Time,
            },
        ],
    };

    private static DocumentRow[] Rows =>
    [
        new(
            new DocumentVersion
            {
                Id = DocumentId.For(Collection, "folder:hygiène des mains.pdf"),
                Source = "partage",
                Path = "hygiène des mains.pdf",
                Version = Hash("original"),
                Title = "Hygiène des mains : « protocole » 3",
                MediaType = "application/pdf",
                Language = "fr",
                ModifiedAt = Time.AddYears(-1),
                IngestedAt = Time,
                SizeBytes = 2_048,
                Label = "interne",
                Access = new AccessList(["group:soins", AccessList.Everyone], ["user:stagiaire"]),
                Original = new BlobRef(Hash("pack"), 4, 2_048, Hash("original")),
                Text = new BlobRef(Hash("pack"), 2_052, 900, Hash("text")),
                Passages = new BlobRef(Hash("pack"), 2_952, 300, Hash("passages")),
                PassageCount = 4,
                Warnings = ["page 2 has no text layer"],
            },
            Hash("segment")),
        new(
            new DocumentVersion
            {
                Id = DocumentId.For(Collection, "folder:b.txt"),
                Source = "partage",
                Path = "b.txt",
                Version = Hash("b"),
                Title = "b",
                MediaType = "text/plain",
                Access = AccessList.Nobody,
                Original = new BlobRef(Hash("b"), 0, 1 << 20, Hash("b")),
                Text = new BlobRef(Hash("b"), 0, 1 << 20, Hash("b")),
                Passages = new BlobRef(Hash("pack"), 3_252, 2, Hash("[]")),
            },
            Hash("segment")),
    ];

    public void Dispose() => _key.Dispose();

    [Fact]
    public void The_golden_manifest_is_written_as_it_was() =>
        Assert.Equal(GoldenFile.Read("manifest", "1", "second.json"), ManifestSeal.Seal(Second, _key));

    [Fact]
    public void The_golden_manifest_is_read_as_it_was()
    {
        var publicKey = GoldenFile.Read("manifest", "1", "site.pub");
        var manifest = ManifestSeal.Open(GoldenFile.Read("manifest", "1", "second.json"), publicKey);

        Assert.Equal(_key.PublicKey.ToArray(), publicKey);
        Assert.Equivalent(Second, manifest, strict: true);
    }

    [Fact]
    public void The_golden_records_are_written_as_they_were() =>
        Assert.Equal(
            GoldenFile.Read("manifest", "1", "second.records"),
            CatalogRecords.WriteRows(Rows, new CollectionId("documents"), ContentSeal.None));

    [Fact]
    public void The_golden_records_are_read_as_they_were() =>
        Assert.Equivalent(
            Rows,
            CatalogRecords.ReadRows(GoldenFile.Read("manifest", "1", "second.records"), ContentSeal.None).ToArray(),
            strict: true);

    [Fact]
    public void A_changed_byte_is_refused_or_changes_nothing_that_is_read()
    {
        var bytes = GoldenFile.Read("manifest", "1", "second.json");
        var refused = 0;
        for (var place = 0; place < bytes.Length; place++)
        {
            var changed = bytes.ToArray();
            changed[place] ^= 1;
            if (ManifestSeal.Open(changed, _key.PublicKey.Span) is { } manifest)
            {
                Assert.Equivalent(Second, manifest, strict: true);
            }
            else
            {
                refused++;
            }
        }

        // The identifier of the key is a hint, and is not signed.
        Assert.InRange(refused, bytes.Length - "keyid".Length - ContentHash.HexLength, bytes.Length);
    }

    [Fact]
    public void A_manifest_of_another_format_is_refused() =>
        Assert.Null(ManifestSeal.Open(ManifestSeal.Seal(Second with { Format = 2 }, _key), _key.PublicKey.Span));

    [Fact]
    public void A_manifest_of_another_site_is_refused()
    {
        using var other = SiteKey.Generate();

        Assert.Null(ManifestSeal.Open(GoldenFile.Read("manifest", "1", "second.json"), other.PublicKey.Span));
    }

    private static ContentHash Hash(string name) => ContentHash.Of(Encoding.UTF8.GetBytes(name));
}
