using System.Text;
using Microsoft.Extensions.Time.Testing;
using Terroir.Catalog;
using Terroir.Documents;
using Terroir.Provenance;
using Terroir.Storage.Conformance;
using Terroir.Storage.Embedded;

namespace Terroir.Tests.Catalog;

/// <summary>Backups are what <c>docs/formats/backup.md</c> says, version 1.</summary>
public sealed class BackupFormatTests : IDisposable
{
    private static readonly CollectionId Collection = new("notes");

    private readonly SiteKey _key = SiteKey.FromSeed([.. Enumerable.Repeat((byte)1, SiteKey.Length)]);
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 26, 8, 0, 0, TimeSpan.Zero));
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("terroir-test-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string Golden => GoldenFile.PathOf("backup", "1", "objects");

    public void Dispose()
    {
        _key.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_golden_backup_is_made_as_it_was()
    {
        var (objects, metastore) = (new MemoryObjectStore(_time), new MemoryMetastore(_time));
        await WriteAsync(objects, metastore);
        await Maintain(objects, metastore).BackUpAsync(new FolderObjectStore(_folder.FullName, _time), Stop);

        Assert.Equal(ReadTree(Golden), ReadTree(_folder.FullName));
    }

    [Fact]
    public async Task The_golden_backup_is_restored_as_it_was()
    {
        var (objects, metastore) = (new MemoryObjectStore(_time), new MemoryMetastore(_time));
        var maintenance = Maintain(objects, metastore);

        var report = await maintenance.RestoreAsync(new FolderObjectStore(Golden, _time), Stop);
        var head = Assert.Single(await maintenance.RebuildAsync(Stop));

        Assert.Empty(report.Unfinished);
        Assert.Equal(4, head.Generation);
        Assert.Empty((await maintenance.VerifyAsync(Stop)).Problems);
        await using var catalog = Open(objects, metastore);
        var state = await catalog.ReadStateAsync(Collection, 0, Stop);
        var texts = new List<string>();
        foreach (var row in state!.Documents)
        {
            var text = await catalog.ReadBlobAsync(row.Document.Text, Stop);
            var readers = string.Join(',', row.Document.Access.Allow);
            texts.Add($"{row.Document.Path} {readers} {Encoding.UTF8.GetString(text.Span)}");
        }

        Assert.Equal(
            ["deux group:soins Note deux.", "trois everyone Note trois."],
            texts.Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    // Three changes and a merge that writes all records anew.
    private async Task WriteAsync(MemoryObjectStore objects, MemoryMetastore metastore)
    {
        await using var catalog = Open(objects, metastore);
        await catalog.CreateCollectionAsync(Collection, Stop);
        await using var writer = await catalog.OpenWriterAsync(Collection, Stop);
        await writer.CommitAsync(new CatalogChange { Added = [Note("un"), Note("deux")] }, Stop);
        await writer.CommitAsync(
            new CatalogChange
            {
                Added = [Note("trois")],
                Stamped = [new DocumentStamp(IdOf("deux"), new AccessList(["group:soins"], []), "interne")],
            },
            Stop);
        await writer.CommitAsync(new CatalogChange { Added = [Note("trois")], Removed = [IdOf("un")] }, Stop);
        Assert.True(await writer.MergeAsync(Stop));
    }

    private SiteCatalog Open(MemoryObjectStore objects, MemoryMetastore metastore) => new(
        objects,
        metastore,
        new ListBuilder(),
        new SiteIdentity("valmont", _key),
        _time,
        limits: new CatalogLimits { SegmentCountMax = 1, RecordsSizeMinBytes = 1 });

    private CatalogMaintenance Maintain(MemoryObjectStore objects, MemoryMetastore metastore) =>
        new(objects, metastore, new SiteIdentity("valmont", _key), _time);

    private static DocumentId IdOf(string name) => DocumentId.For(Collection, name);

    private static PreparedDocument Note(string name)
    {
        var text = Encoding.UTF8.GetBytes($"Note {name}.");
        return new PreparedDocument
        {
            Id = IdOf(name),
            Source = "test",
            Path = name,
            Title = name,
            MediaType = "text/plain",
            Access = new AccessList([AccessList.Everyone], []),
            Original = text,
            Text = text,
            Passages =
            [
                new Passage
                {
                    Ordinal = 0,
                    Start = 0,
                    End = text.Length,
                    Places = [new PlacedSpan(0, text.Length, new SourcePlace { Line = 1 })],
                },
            ],
        };
    }

    // Names relative to the folder, each with its bytes; unfinished files are no part of it.
    private static SortedDictionary<string, string> ReadTree(string folder)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var top in new[] { "b", "m" })
        {
            foreach (var file in Directory.GetFiles(Path.Combine(folder, top), "*", SearchOption.AllDirectories))
            {
                files[Path.GetRelativePath(folder, file)] = Convert.ToHexString(File.ReadAllBytes(file));
            }
        }

        return files;
    }

    /// <summary>Segments that list their documents, so that this format does not move with that of the index.</summary>
    private sealed class ListBuilder : ISegmentBuilder
    {
        public BuiltSegment Build(IReadOnlyList<SegmentDocument> documents, CancellationToken cancellationToken) =>
            Write(documents.Select(document => document.Id.Value));

        public BuiltSegment Merge(IReadOnlyList<SegmentInput> inputs, CancellationToken cancellationToken) =>
            Write(inputs.SelectMany(input => input.Live).Select(id => id.Value));

        private static BuiltSegment Write(IEnumerable<string> ids)
        {
            string[] lines = [.. ids.Order(StringComparer.Ordinal).Select(id => id + "\n")];
            return new BuiltSegment(Encoding.ASCII.GetBytes(string.Concat(lines)), lines.Length, lines.Length);
        }
    }
}
