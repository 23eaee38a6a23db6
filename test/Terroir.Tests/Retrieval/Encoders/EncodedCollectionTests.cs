using System.Globalization;
using Terroir.Catalog;
using Terroir.Retrieval;
using Terroir.Retrieval.Encoders;
using Terroir.Storage;

namespace Terroir.Tests.Retrieval.Encoders;

/// <summary>A collection whose meaning comes from an encoder, over real stores.</summary>
public sealed class EncodedCollectionTests : IAsyncLifetime
{
    private const string Query = "stationnements";

    private readonly TestEncoders _encoders = new();
    private TestSite _site = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private PassageEmbedding Embedding => new(_site.Catalog, _encoders, TimeProvider.System, batchPassageCount: 4);

    public async ValueTask InitializeAsync()
    {
        _site = new TestSite(encoders: _encoders);
        await _site.Catalog.CreateCollectionAsync(TestSite.Collection, Stop);
        await AddAsync("near", "le restationnementage\nun repas");
        for (var number = 0; number < 10; number++)
        {
            await AddAsync($"far{number}", $"bloc du {number}\ngarde de nuit {number}");
        }
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_document_without_a_word_of_the_query_is_found_by_its_best_passage()
    {
        Assert.Empty(await _site.SearchAsync(Query));
        _encoders.Choose("one");
        await EmbedAsync();

        var hit = (await _site.SearchAsync(Query))[0];

        Assert.Equal("near", hit.Document.Path);
        Assert.Equal("le restationnementage", hit.Text);
        Assert.Empty(hit.Highlights);
    }

    [Fact]
    public async Task Nothing_is_in_force_before_every_passage_has_a_vector()
    {
        var encoder = _encoders.Choose("one");
        encoder.Embedding = number =>
        {
            if (number == 15)
            {
                throw new OperationCanceledException();
            }
        };
        await Assert.ThrowsAsync<OperationCanceledException>(() => EmbedAsync());

        Assert.Empty(await _site.SearchAsync(Query));
        var state = await Embedding.ReadStateAsync(TestSite.Collection, Stop);
        Assert.Equal((null, "one", 12, 22), (state!.InForce, state.Encoder, state.EmbeddedCount, state.PassageCount));

        // What was committed is not embedded again: one batch was lost.
        encoder.Embedding = null;
        await _site.ReopenAsync();
        var before = encoder.TextCount;
        state = await EmbedAsync();

        Assert.Equal(("one", 22), (state!.InForce, state.EmbeddedCount));
        Assert.Equal(10, encoder.TextCount - before);
        Assert.NotEmpty(await _site.SearchAsync(Query));
    }

    [Fact]
    public async Task What_is_added_later_is_found_by_words_and_then_by_meaning()
    {
        _encoders.Choose("one");
        await EmbedAsync();
        await AddAsync("late", "autostationnement privé");

        Assert.Equal("late", (await _site.SearchAsync("privé"))[0].Document.Path);
        Assert.DoesNotContain(await _site.SearchAsync(Query), hit => hit.Document.Path is "late");
        Assert.Contains(await _site.SearchAsync(Query), hit => hit.Document.Path is "near");
        await EmbedAsync();

        Assert.Contains(await _site.SearchAsync(Query), hit => hit.Document.Path is "late");
    }

    [Fact]
    public async Task Another_encoder_embeds_beside_and_takes_over_in_one_commit()
    {
        _encoders.Choose("one");
        await EmbedAsync();
        var before = Show(await _site.SearchAsync(Query));
        var other = _encoders.Choose("other", dimensions: 48);
        other.Embedding = number =>
        {
            if (number == 9)
            {
                throw new OperationCanceledException();
            }
        };
        await Assert.ThrowsAsync<OperationCanceledException>(() => EmbedAsync());

        Assert.Equal(before, Show(await _site.SearchAsync(Query)));
        other.Embedding = null;
        var state = await EmbedAsync();

        Assert.Equal(("other", "other"), (state!.InForce, state.Encoder));
        Assert.NotEqual(before, Show(await _site.SearchAsync(Query)), StringComparer.Ordinal);
        Assert.All(await VectorsAsync(), item => Assert.Equal("other", item.File.Encoder.Id));
    }

    [Fact]
    public async Task Without_the_encoder_in_force_words_answer()
    {
        _encoders.Choose("one");
        await EmbedAsync();
        var encoder = _encoders.Here[0];
        _encoders.Here.Clear();
        _encoders.Chosen = null;

        Assert.Empty(await _site.SearchAsync(Query));
        var state = await EmbedAsync();
        Assert.Equal(("one", null, 22), (state!.InForce, state.Encoder, state.EmbeddedCount));
        _encoders.Here.Add(encoder);

        Assert.NotEmpty(await _site.SearchAsync(Query));
    }

    [Fact]
    public async Task A_deleted_document_is_found_no_more_and_its_vectors_go_with_the_next_rewrite()
    {
        _encoders.Choose("one");
        await EmbedAsync();
        var near = (await _site.DocumentsAsync()).Single(document => document.Path is "near");
        Assert.Contains(await NumbersAsync(), number => number == DocumentRecord.NumberOf(near.Id));
        await CommitAsync(new CatalogChange { Removed = [near.Id] });

        Assert.DoesNotContain(await _site.SearchAsync(Query), hit => hit.Document.Path is "near");
        await EmbedAsync();

        Assert.DoesNotContain(await NumbersAsync(), number => number == DocumentRecord.NumberOf(near.Id));
        Assert.Equal("one", (await Embedding.ReadStateAsync(TestSite.Collection, Stop))!.InForce);
        Assert.NotEmpty(await _site.SearchAsync("gardes"));
    }

    [Fact]
    public async Task When_all_documents_go_so_do_all_vectors()
    {
        _encoders.Choose("one");
        await EmbedAsync();
        var all = await _site.DocumentsAsync();
        await CommitAsync(new CatalogChange { Removed = [.. all.Select(document => document.Id)] });
        await EmbedAsync();

        Assert.Empty(await VectorsAsync());
    }

    [Fact]
    public async Task A_document_that_changes_is_embedded_again()
    {
        _encoders.Choose("one");
        await EmbedAsync();
        await AddAsync("near", "tout autre chose");

        Assert.DoesNotContain(await _site.SearchAsync(Query), hit => hit.Document.Path is "near");
        var state = await EmbedAsync();

        Assert.Equal(21, state!.EmbeddedCount);
        Assert.Equal("near", (await _site.SearchAsync("autrement chosette"))[0].Document.Path);
    }

    [Fact]
    public async Task Blocks_are_few_and_merging_segments_changes_no_score()
    {
        _encoders.Choose("one");
        await EmbedAsync();
        for (var number = 0; number < 12; number++)
        {
            await AddAsync($"more{number}", $"texte {number}");
            await EmbedAsync();
        }

        var before = Show(await _site.SearchAsync(Query));
        await using (var writer = await _site.Catalog.OpenWriterAsync(TestSite.Collection, Stop))
        {
            Assert.True(await writer.MergeAsync(Stop));
        }

        Assert.InRange((await VectorsAsync()).Count, 1, BlockUpkeep.BlockCountMax);
        Assert.Equal(before, Show(await _site.SearchAsync(Query)));
    }

    [Fact]
    public async Task Vectors_survive_reopening_a_lost_metastore_and_garbage_collection()
    {
        var encoder = _encoders.Choose("one");
        await EmbedAsync();
        var before = Show(await _site.SearchAsync(Query));
        await _site.ReopenAsync();
        var reopened = Show(await _site.SearchAsync(Query));
        await _site.LoseMetastoreAsync();
        await _site.Maintenance.RebuildAsync(Stop);
        await _site.Maintenance.CollectGarbageAsync(TimeSpan.Zero, Stop);
        var count = encoder.TextCount;
        await EmbedAsync();

        Assert.Equal(count, encoder.TextCount);
        Assert.Equal(before, reopened);
        Assert.Equal(before, Show(await _site.SearchAsync(Query)));
        Assert.Empty((await _site.Maintenance.VerifyAsync(Stop)).Problems);
    }

    [Fact]
    public async Task A_damaged_block_stops_the_search_is_dropped_by_repair_and_made_again()
    {
        _encoders.Choose("one");
        await EmbedAsync();
        var before = Show(await _site.SearchAsync(Query));
        foreach (var item in await VectorsAsync())
        {
            await DamageAsync(item.Row);
        }

        await _site.ReopenAsync();
        await Assert.ThrowsAsync<BlobCorruptException>(() => _site.SearchAsync(Query));
        await using (var writer = await _site.Catalog.OpenWriterAsync(TestSite.Collection, Stop))
        {
            var report = await writer.RepairAsync(isDryRun: false, Stop);
            Assert.All(report.Segments, repair => Assert.Equal(SegmentFault.Damaged, repair.Fault));
            Assert.NotEmpty(report.Segments);
        }

        Assert.Empty(await _site.SearchAsync(Query));
        await EmbedAsync();

        Assert.Equal(before, Show(await _site.SearchAsync(Query)));
    }

    [Theory]
    [InlineData(float.NaN, 32)]
    [InlineData(float.PositiveInfinity, 32)]
    [InlineData(0f, 31)]
    public async Task What_is_no_vector_of_the_encoder_is_refused(float value, int length)
    {
        var encoder = _encoders.Choose("one");
        encoder.Replacing = vector =>
        {
            var other = new float[length];
            vector.AsSpan(0, length).CopyTo(other);
            other[5] = float.IsFinite(value) ? other[5] : value;
            return other;
        };

        await Assert.ThrowsAsync<VectorUnusableException>(() => EmbedAsync());
        Assert.Empty(await VectorsAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_parts_of_an_explained_score_add_up_also_without_a_word(bool isPerDocument)
    {
        _encoders.Choose("one");
        await EmbedAsync();
        var request = new SearchRequest
        {
            Query = Query,
            Asker = TestSite.Everyone,
            OnePerDocument = isPerDocument,
            Explains = true,
        };

        var joined = (await _site.Retriever.SearchAsync(request, Stop)).Hits;
        var both = (await _site.Retriever.SearchAsync(request with { Query = "garde" }, Stop)).Hits;

        Assert.All(
            joined.Concat(both),
            hit => Assert.Equal(hit.Score, hit.Explanation!.Parts.Sum(part => part.Value), 12));
        Assert.Contains(joined, hit => hit.Explanation!.Terms.Count == 0
            && hit.Explanation.Parts.Any(part => part is { Name: "meaning", Value: > 0 }));
        Assert.Contains(both, hit => hit.Explanation!.Terms.Count > 0
            && hit.Explanation.Parts.Any(part => part is { Name: "meaning", Value: > 0 }));
    }

    [Fact]
    public async Task A_condition_lets_no_document_join_and_weight_nothing_is_words_alone()
    {
        var words = Show(await _site.SearchAsync("garde"));
        _encoders.Choose("one");
        await EmbedAsync();

        Assert.NotEqual(words, Show(await _site.SearchAsync("garde")), StringComparer.Ordinal);
        Assert.Equal(words, Show(await FindAsync("garde", meaningWeight: 0)));
        Assert.Empty(await FindAsync($"{Query} -repas", meaningWeight: null));
    }

    private static string Show(IEnumerable<PassageHit> hits) => string.Join('\n', hits.Select(hit => string.Create(
        CultureInfo.InvariantCulture,
        $"{hit.Document.Id} {hit.Passage.Ordinal} {BitConverter.DoubleToInt64Bits(hit.Score)}")));

    private async Task<IReadOnlyList<PassageHit>> FindAsync(string query, double? meaningWeight)
    {
        var request = new SearchRequest
        {
            Query = query,
            Asker = TestSite.Everyone,
            HasSyntax = true,
            MeaningWeight = meaningWeight,
        };
        return (await _site.Retriever.SearchAsync(request, Stop)).Hits;
    }

    private Task<EmbeddingState?> EmbedAsync() => Embedding.RunAsync(TestSite.Collection, progress: null, Stop);

    private Task AddAsync(string name, string text) =>
        CommitAsync(new CatalogChange { Added = [TestDocuments.Prepare(name, text)] });

    private async Task CommitAsync(CatalogChange change)
    {
        await using var writer = await _site.Catalog.OpenWriterAsync(TestSite.Collection, Stop);
        await writer.CommitAsync(change, Stop);
    }

    private async Task<IReadOnlyList<VectorRow>> VectorsAsync()
    {
        var state = await _site.Catalog.ReadStateAsync(TestSite.Collection, 0, Stop);
        var rows = new List<VectorRow>();
        foreach (var row in state!.Segments.Where(SegmentKinds.HoldsVectors))
        {
            rows.Add(await VectorRow.OpenAsync(_site.Catalog, row, Stop));
        }

        return rows;
    }

    private async Task<IEnumerable<UInt128>> NumbersAsync() =>
        (await VectorsAsync()).SelectMany(item => item.File.Documents.Select(document => document.Number));

    private async Task DamageAsync(SegmentRow row)
    {
        var path = Path.Combine(_site.Data.Path, "objects", BlobKey.ForContent(row.Hash).Value);
        await using var stream = File.Open(path, FileMode.Open, FileAccess.ReadWrite);
        stream.Position = stream.Length / 2;
        var value = stream.ReadByte();
        stream.Position--;
        stream.WriteByte((byte)(value ^ 1));
    }
}
