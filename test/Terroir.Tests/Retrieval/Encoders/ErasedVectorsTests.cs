using Terroir.Catalog;
using Terroir.Retrieval;
using Terroir.Retrieval.Encoders;

namespace Terroir.Tests.Retrieval.Encoders;

/// <summary>Vectors of a document that is erased while a server embeds, merges or cannot open its encoder.</summary>
public sealed class ErasedVectorsTests : IAsyncLifetime
{
    private readonly TestEncoders _encoders = new();
    private readonly Tombstones _tombstones = new();
    private TestSite _site = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private PassageEmbedding Embedding => new(_site.Catalog, _encoders, TimeProvider.System);

    public async ValueTask InitializeAsync()
    {
        _site = new TestSite(encoders: _encoders, erased: _tombstones);
        await _site.CommitAsync([.. Named("early")]);
        _encoders.Choose("one");
        await Embedding.RunAsync(TestSite.Collection, progress: null, Stop);
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Those_that_are_computed_while_it_is_erased_do_not_join()
    {
        await _site.CommitAsync([.. Named("late")]);
        var erased = await FindAsync("late3");
        var encoder = _encoders.Chosen!;
        encoder.EmbeddedAsync = async () =>
        {
            encoder.EmbeddedAsync = null;
            await EraseAsync(erased);
            await Embedding.RenewAsync(TestSite.Collection, Stop);
        };

        var state = await Embedding.RunAsync(TestSite.Collection, progress: null, Stop);

        Assert.DoesNotContain(erased, await EmbeddedAsync());
        Assert.Equal((19, 19), (state!.EmbeddedCount, state.PassageCount));
    }

    [Fact]
    public async Task Those_of_a_block_that_was_rewritten_before_do_not_come_back()
    {
        var erased = await FindAsync("early3");
        var change = await RewriteAsync();
        await EraseAsync(erased);

        Assert.False(await ReplaceAsync(change));
        Assert.Equal(1, await Embedding.RenewAsync(TestSite.Collection, Stop));
        Assert.DoesNotContain(erased, await EmbeddedAsync());
        Assert.Equal(8, (await EmbeddedAsync()).Count);
    }

    // Else an erasure could not write a block anew as long as another one has only been ordered.
    [Fact]
    public async Task Those_of_a_document_that_is_still_live_join()
    {
        var ordered = await FindAsync("early3");
        var change = await RewriteAsync();
        _tombstones.Add(ordered);

        Assert.True(await ReplaceAsync(change));
        Assert.Contains(ordered, await EmbeddedAsync());
    }

    [Fact]
    public async Task They_go_also_where_the_encoder_cannot_be_opened()
    {
        var erased = await FindAsync("early3");
        await EraseAsync(erased);
        var embedding = new PassageEmbedding(_site.Catalog, new BrokenEncoders(), TimeProvider.System);

        Assert.Equal(1, await embedding.RenewAsync(TestSite.Collection, Stop));
        Assert.DoesNotContain(erased, await EmbeddedAsync());
    }

    private static IEnumerable<PreparedDocument> Named(string name) =>
        Enumerable.Range(0, 10).Select(number => TestDocuments.Prepare($"{name}{number}", $"{name} du {number}"));

    private async Task<DocumentId> FindAsync(string path) =>
        (await _site.DocumentsAsync()).Single(document => path.Equals(document.Path, StringComparison.Ordinal)).Id;

    // As the steps of an erasure: the tombstone, then the documents.
    private async Task EraseAsync(DocumentId document)
    {
        _tombstones.Add(document);
        await RemoveAsync(document);
    }

    private async Task RemoveAsync(DocumentId document)
    {
        await using var writer = await _site.Catalog.JoinWriterAsync(TestSite.Collection, Stop);
        await writer.CommitAsync(new CatalogChange { Removed = [document] }, Stop);
    }

    // What another process has in its hands: the only block, written anew without one that is gone.
    private async Task<VectorChange> RewriteAsync()
    {
        await RemoveAsync(await FindAsync("early4"));
        var plan = await EmbeddingPlan.ReadAsync(_site.Catalog, TestSite.Collection, current: null, Stop);
        var block = Assert.Single(plan!.Blocks);
        return BlockUpkeep.Renew(plan, block.Row.Hash, Stop)!;
    }

    private async Task<bool> ReplaceAsync(VectorChange change)
    {
        await using var writer = await _site.Catalog.JoinWriterAsync(TestSite.Collection, Stop);
        return await writer.ReplaceVectorsAsync(change, Stop);
    }

    private async Task<IReadOnlyList<DocumentId>> EmbeddedAsync()
    {
        var state = await _site.Catalog.ReadStateAsync(TestSite.Collection, 0, Stop);
        var documents = new List<DocumentId>();
        foreach (var row in state!.Segments.Where(SegmentKinds.HoldsVectors))
        {
            var file = (await VectorRow.OpenAsync(_site.Catalog, row, Stop)).File;
            documents.AddRange(file.Documents.Select(document => DocumentRecord.IdOf(document.Number)));
        }

        return documents;
    }

    private sealed class Tombstones : IErasedDocuments
    {
        private readonly HashSet<(CollectionId, DocumentId)> _documents = [];

        public void Add(DocumentId document) => _documents.Add((TestSite.Collection, document));

        public ValueTask<ErasedDocuments> ReadErasedAsync(CancellationToken cancellationToken) =>
            new(new ErasedDocuments(_documents.ToHashSet(), new HashSet<string>(StringComparer.Ordinal), default));
    }

    private sealed class BrokenEncoders : IPassageEncoders
    {
        public PassageEncoder? Current => throw new InvalidOperationException("The runtime is not there.");

        public PassageEncoder? Find(EncoderName name) => Current;
    }
}
