using System.Runtime.InteropServices;
using System.Text.Json;
using CsCheck;
using Terroir.Access;
using Terroir.Catalog;
using Terroir.Retrieval;
using Terroir.Retrieval.Derived;
using Terroir.Storage;
using Terroir.Storage.Embedded;

namespace Terroir.Tests.Retrieval.Derived;

/// <summary>What is kept of an opening changes no answer, whatever happens to the collection and to the
/// files.</summary>
public sealed class KeptSnapshotTests
{
    private static readonly string[] Words = ["parking", "tarif", "dossier", "sang", "garde", "repas", "badge", "nuit"];

    private static readonly AccessList[] Lists =
    [
        TestDocuments.Open,
        new(["group:staff"], []),
        new([AccessList.Everyone], ["user:zoé"]),
    ];

    private static readonly Asker[] Askers = [new("nadia", ["staff"]), new("zoé", ["staff"]), new("anyone", [])];

    private static readonly Gen<string> Text =
        Gen.Int[0, Words.Length - 1].Select(pick => Words[pick]).Array[1, 9]
            .Select(words => string.Join(' ', words));

    private static readonly Gen<Step> Steps = Gen.Select(
        Gen.Frequency((5, Gen.Const(Act.Add)), (2, Gen.Const(Act.Remove)), (2, Gen.Const(Act.Tidy))),
        Text.Array[1, 6],
        Gen.Int[0, 11],
        Gen.Int[0, Lists.Length - 1],
        (act, texts, number, list) => new Step(act, texts, number, list));

    private enum Act
    {
        Add,
        Remove,
        Tidy,
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public Task Every_generation_answers_the_same_from_kept_files_as_from_its_rows() =>
        Gen.Select(Steps.Array[2, 8], Text).SampleAsync(
            async (steps, query) =>
            {
                await using var site = await CreateAsync();
                using var running = new BitmapRetriever(site.Catalog, files: Files(site));
                foreach (var step in steps)
                {
                    await ApplyAsync(site, step);
                    using var plain = new BitmapRetriever(site.Catalog);
                    using var opened = new BitmapRetriever(site.Catalog, files: Files(site));
                    foreach (var asker in Askers)
                    {
                        var expected = await ShowAsync(plain, query, asker);
                        Assert.Equal(expected, await ShowAsync(running, query, asker));
                        Assert.Equal(expected, await ShowAsync(opened, query, asker));
                    }
                }
            },
            iter: 24,
            threads: 1);

    [Fact]
    public async Task A_collection_of_which_nothing_changed_is_opened_without_its_rows()
    {
        await using var site = await CreateAsync();
        await AddAsync(site, 12);
        var head = await OpenAsync(site);

        var kept = await Files(site).FindRecordsAsync(site.Catalog, TestSite.Collection, Stop);

        Assert.Equal(head.Generation, kept!.Generation);
        Assert.Equal(12, kept.DocumentCount);
        var since = await site.Catalog.ReadPinnedRecordsAsync(TestSite.Collection, kept.Generation, Stop);
        Assert.Empty(since!.Documents);
    }

    [Fact]
    public async Task Kept_vectors_are_those_that_the_postings_give()
    {
        await using var site = await CreateAsync();
        await AddAsync(site, 12);
        await OpenAsync(site);
        var store = Store(site);
        Assert.NotEmpty(store.List("vectors."));

        using var plain = new SnapshotCache(site.Catalog);
        using var opened = new SnapshotCache(site.Catalog, new SnapshotFiles(store, 1));
        var head = (await site.Catalog.ListHeadsAsync(Stop))[0];
        var computed = (await plain.OpenAsync(head, Stop))!.Meaning!;
        var kept = (await opened.OpenAsync(head, Stop))!.Meaning!;

        Assert.Equal(computed.Vectors.Keys.Order(), kept.Vectors.Keys.Order());
        foreach (var (segment, vectors) in computed.Vectors)
        {
            Assert.True(MemoryMarshal.AsBytes(vectors.Values)
                .SequenceEqual(MemoryMarshal.AsBytes(kept.Vectors[segment].Values)));
        }
    }

    [Fact]
    public async Task A_merge_moves_vectors_without_a_look_at_the_postings()
    {
        await using var site = await CreateAsync();
        using var running = new SnapshotCache(site.Catalog, Files(site));
        using var plain = new SnapshotCache(site.Catalog);
        await AddAsync(site, 12);
        await running.OpenAsync((await site.Catalog.ListHeadsAsync(Stop))[0], Stop);

        // As many commits as a collection has segments, and then some.
        foreach (var number in Enumerable.Range(0, 24))
        {
            await ApplyAsync(site, new Step(Act.Add, [$"badge nuit {number}"], 100 + number, 0));
        }

        var before = (await running.OpenAsync((await site.Catalog.ListHeadsAsync(Stop))[0], Stop))!;
        await ApplyAsync(site, new Step(Act.Tidy, [], 0, 0));
        var head = (await site.Catalog.ListHeadsAsync(Stop))[0];
        var after = (await running.OpenAsync(head, Stop))!;
        var computed = (await plain.OpenAsync(head, Stop))!;

        Assert.True(after.Segments.Count < before.Segments.Count);
        Assert.Equal(computed.Meaning!.Hash, after.Meaning!.Hash);
        foreach (var (segment, vectors) in computed.Meaning!.Vectors)
        {
            Assert.Equal(vectors.Values, after.Meaning!.Vectors[segment].Values);
        }
    }

    [Fact]
    public async Task A_damaged_file_is_made_anew()
    {
        await using var site = await CreateAsync();
        await AddAsync(site, 12);
        await OpenAsync(site);
        using var plain = new BitmapRetriever(site.Catalog);
        var expected = await ShowAsync(plain, "parking badge", Askers[0]);
        foreach (var name in Store(site).List("records.").Concat(Store(site).List("vectors.")))
        {
            var path = Path.Combine(site.Data.Path, "derived", name);
            var whole = await File.ReadAllBytesAsync(path, Stop);
            foreach (var damaged in Damages(whole))
            {
                File.Delete(path);
                await File.WriteAllBytesAsync(path, damaged, Stop);
                using var opened = new BitmapRetriever(site.Catalog, files: Files(site));

                Assert.Equal(expected, await ShowAsync(opened, "parking badge", Askers[0]));
                Assert.Equal(whole, await File.ReadAllBytesAsync(path, Stop));
            }
        }
    }

    [Fact]
    public async Task A_removed_document_leaves_the_file_at_the_next_opening()
    {
        await using var site = await CreateAsync();
        await AddAsync(site, 12);
        await OpenAsync(site);
        await ApplyAsync(site, new Step(Act.Remove, [], 3, 0));

        await OpenAsync(site);

        var kept = await Files(site).FindRecordsAsync(site.Catalog, TestSite.Collection, Stop);
        var head = (await site.Catalog.ListHeadsAsync(Stop))[0];
        Assert.Equal(head.Generation, kept!.Generation);
        var bytes = Store(site).Open("records.documents")!.Value;
        Assert.True(bytes.Span.IndexOf("document-2"u8) >= 0);
        Assert.True(bytes.Span.IndexOf("document-3"u8) < 0);
    }

    [Fact]
    public async Task Records_of_another_history_are_not_used()
    {
        await using var site = await CreateAsync();
        await AddAsync(site, 12);
        var head = await OpenAsync(site);

        Assert.True(await site.Catalog.KnowsAsync(head.Collection, head.Generation, head.Manifest, Stop));
        Assert.False(await site.Catalog.KnowsAsync(head.Collection, head.Generation, ContentHash.Of([1]), Stop));
        Assert.False(await site.Catalog.KnowsAsync(head.Collection, head.Generation + 1, head.Manifest, Stop));

        Store(site).Put(
            "records.documents",
            stream => RecordFile.Write(stream, head with { Manifest = ContentHash.Of([1]) }, []));
        Assert.Null(await Files(site).FindRecordsAsync(site.Catalog, TestSite.Collection, Stop));
        Assert.Empty(Store(site).List("records."));
    }

    [Fact]
    public async Task Vectors_of_segments_that_are_gone_are_deleted()
    {
        await using var site = await CreateAsync();
        await AddAsync(site, 12);
        await OpenAsync(site);
        var stray = new VectorFileName(TestSite.Collection, ContentHash.Of([1]), ContentHash.Of([2]));
        var other = new VectorFileName(new CollectionId("other"), ContentHash.Of([1]), ContentHash.Of([2]));
        Store(site).Put($"{stray}", stream => stream.Write([1]));
        Store(site).Put($"{other}", stream => stream.Write([1]));

        await OpenAsync(site);

        Assert.DoesNotContain($"{stray}", Store(site).List("vectors."), StringComparer.Ordinal);
        Assert.Contains($"{other}", Store(site).List("vectors."), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_small_collection_keeps_nothing()
    {
        await using var site = await CreateAsync();
        await AddAsync(site, 12);
        using var opened = new BitmapRetriever(site.Catalog, files: new SnapshotFiles(Store(site)));

        await ShowAsync(opened, "parking", Askers[0]);

        Assert.Empty(Store(site).List(""));
    }

    private static IEnumerable<byte[]> Damages(byte[] whole)
    {
        yield return [];
        yield return whole[..^1];
        yield return [.. whole, 0];
        foreach (var at in new[] { 0, 4, 8, whole.Length / 2, whole.Length - 1 })
        {
            var damaged = whole.ToArray();
            damaged[at] ^= 1;
            yield return damaged;
        }
    }

    private static FolderDerivedStore Store(TestSite site) =>
        new(Path.Combine(site.Data.Path, "derived"), TimeProvider.System);

    private static SnapshotFiles Files(TestSite site) => new(Store(site), documentCountMin: 1);

    private static async Task<TestSite> CreateAsync()
    {
        var site = new TestSite(learningCountMin: 4);
        await site.Catalog.CreateCollectionAsync(TestSite.Collection, Stop);
        return site;
    }

    private static async Task AddAsync(TestSite site, int count)
    {
        foreach (var number in Enumerable.Range(0, count))
        {
            var text = $"{Words[number % Words.Length]} {Words[(number + 3) % Words.Length]} badge";
            await ApplyAsync(site, new Step(Act.Add, [text], number, 0));
        }

        await ApplyAsync(site, new Step(Act.Tidy, [], 0, 0));
    }

    private static async Task<CollectionHead> OpenAsync(TestSite site)
    {
        using var opened = new SnapshotCache(site.Catalog, Files(site));
        return (await opened.OpenAsync((await site.Catalog.ListHeadsAsync(Stop))[0], Stop))!.Head;
    }

    private static async Task<string> ShowAsync(BitmapRetriever retriever, string query, Asker asker) =>
        JsonSerializer.Serialize(await retriever.SearchAsync(
            new SearchRequest { Query = query, Asker = asker, Explains = true },
            Stop));

    private static async Task ApplyAsync(TestSite site, Step step)
    {
        await using var writer = await site.Catalog.OpenWriterAsync(TestSite.Collection, Stop);
        switch (step.Act)
        {
            case Act.Add:
                await writer.CommitAsync(
                    new CatalogChange
                    {
                        Added =
                        [
                            .. step.Texts.Index().Select(item => TestDocuments.Prepare(
                                $"document-{step.Number + item.Index}",
                                item.Item,
                                Lists[step.List])),
                        ],
                    },
                    Stop);
                break;
            case Act.Remove:
                await writer.CommitAsync(
                    new CatalogChange { Removed = [DocumentId.For(TestSite.Collection, $"s:document-{step.Number}")] },
                    Stop);
                break;
            default:
                while (await writer.MergeAsync(Stop))
                {
                }

                break;
        }
    }

    private sealed record Step(Act Act, string[] Texts, int Number, int List);
}
