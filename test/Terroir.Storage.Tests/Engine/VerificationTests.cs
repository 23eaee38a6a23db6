using Microsoft.Extensions.Time.Testing;
using Terroir.Storage.Conformance;
using Terroir.Storage.Embedded;

namespace Terroir.Storage.Tests.Engine;

/// <summary>What <c>verify-store</c> finds in a damaged store, and that it finds nothing in a sound one that is written
/// to.</summary>
public sealed class VerificationTests : IAsyncLifetime
{
    private static readonly CollectionId Notes = CatalogSite.Notes;

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 26, 8, 0, 0, TimeSpan.Zero));
    private readonly TemporaryFolder _folder = new();
    private readonly MemoryMetastore _metastore;
    private readonly CatalogSite _site;

    public VerificationTests()
    {
        _metastore = new MemoryMetastore(_time);
        _site = new CatalogSite(new FolderObjectStore(_folder.Path, _time), _metastore, _time);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        for (var n = 1; n <= 3; n++)
        {
            await _site.CommitAsync(Notes, ($"note-{n}", $"Note {n} du service."));
        }

        Assert.Empty(await _site.VerifyAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(ObjectKind.Pack)]
    [InlineData(ObjectKind.Segment)]
    [InlineData(ObjectKind.Records)]
    public async Task A_flipped_bit_is_named(ObjectKind kind)
    {
        var key = await KeyOfAsync(kind);
        Flip(_folder[key.Value]);

        var problems = await _site.VerifyAsync();

        Assert.Contains(problems, problem => problem.Contains($"bytes of '{key}'", StringComparison.Ordinal)
            && problem.Contains("backup", StringComparison.Ordinal));
        Assert.Equal(kind != ObjectKind.Records, problems.Any(IsAboutADocument));
    }

    [Theory]
    [InlineData(ObjectKind.Pack)]
    [InlineData(ObjectKind.Segment)]
    [InlineData(ObjectKind.Records)]
    public async Task A_missing_object_is_named(ObjectKind kind)
    {
        var key = await KeyOfAsync(kind);
        File.Delete(_folder[key.Value]);

        var problems = await _site.VerifyAsync();

        Assert.Contains(problems, problem => problem.Contains($"Object '{key}' is missing", StringComparison.Ordinal)
            && problem.Contains("backup", StringComparison.Ordinal));
        Assert.Equal(kind != ObjectKind.Records, problems.Any(IsAboutADocument));
    }

    [Theory]
    [InlineData(1, "generation 1 of 'notes' is missing")]
    [InlineData(2, "generation 2 of 'notes' is missing")]
    [InlineData(3, "The manifests of 'notes' after 2 are not in the object store")]
    public async Task A_missing_manifest_is_named(long generation, string expected)
    {
        File.Delete(_folder[BlobKey.ForManifest(CatalogSite.Name, Notes, generation).Value]);

        var problem = Assert.Single(await _site.VerifyAsync());

        Assert.Contains(expected, problem, StringComparison.Ordinal);
        Assert.Contains("backup", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_damaged_manifest_is_named(long generation)
    {
        Flip(_folder[BlobKey.ForManifest(CatalogSite.Name, Notes, generation).Value]);

        var problem = Assert.Single(await _site.VerifyAsync());

        Assert.Contains($"generation {generation} of 'notes' was not signed", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_collection_is_named_with_what_brings_it_back()
    {
        await using var lost = new CatalogSite(
            new FolderObjectStore(_folder.Path, _time),
            new MemoryMetastore(_time),
            _time);

        var problem = Assert.Single(await lost.VerifyAsync());

        Assert.Contains("terroir rebuild", problem, StringComparison.Ordinal);
    }

    // Somebody commits, and collects what that let go, before any call of the check.
    [Fact]
    public async Task A_sound_store_that_is_written_to_has_no_problem()
    {
        var isDone = false;
        for (var call = 0; !isDone; call++)
        {
            var (objects, metastore) = (new MemoryObjectStore(_time), new MemoryMetastore(_time));
            await using var site = new CatalogSite(objects, metastore, _time);
            await site.CommitAsync(Notes, ("note-1", "Note du service."), ("note-2", "Autre note."));
            var number = 0;
            var moment = call;
            var plan = new FaultPlan
            {
                Turn = async _ =>
                {
                    if (number++ == moment)
                    {
                        await site.CommitAsync(Notes, ("note-1", "Révision."), ("note-2", null));
                        await site.CollectAsync();
                    }
                },
            };
            await using var other = new CatalogSite(
                new FaultyObjectStore(objects, plan),
                new FaultyMetastore(metastore, plan),
                _time);

            Assert.Empty(await other.VerifyAsync());
            isDone = number <= moment;
        }
    }

    private static bool IsAboutADocument(string problem) => problem.StartsWith("Document ", StringComparison.Ordinal);

    private async Task<BlobKey> KeyOfAsync(ObjectKind kind)
    {
        var objects = await _metastore.Catalog.ListObjectsAsync(Notes, Stop);
        return BlobKey.ForContent(objects.First(item => item.Kind == kind).Hash);
    }

    private static void Flip(string file)
    {
        var bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(file, bytes);
    }
}
