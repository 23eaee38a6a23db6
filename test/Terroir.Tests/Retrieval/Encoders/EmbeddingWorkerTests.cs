using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Terroir.Retrieval.Encoders;
using Terroir.Storage;

namespace Terroir.Tests.Retrieval.Encoders;

public sealed class EmbeddingWorkerTests : IAsyncLifetime
{
    private readonly TestEncoders _encoders = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch);
    private TestSite _site = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _site = new TestSite(encoders: _encoders);
        await _site.CommitAsync(TestDocuments.Prepare("first", "un texte"));
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task What_is_new_is_embedded_and_nothing_twice()
    {
        var encoder = _encoders.Choose("one");
        using var worker = Create();
        await worker.RunDueAsync(Stop);
        await worker.RunDueAsync(Stop);
        await worker.RunDueAsync(Stop);
        Assert.Equal(1, encoder.TextCount);

        await _site.CommitAsync(TestDocuments.Prepare("second", "un autre"));
        await worker.RunDueAsync(Stop);

        Assert.Equal(2, encoder.TextCount);
        Assert.Equal((2, "one"), await ReadAsync());
    }

    [Fact]
    public async Task A_collection_that_fails_is_left_alone_for_a_minute_and_tried_again()
    {
        var encoder = _encoders.Choose("one");
        encoder.Replacing = vector => [.. vector.Select(_ => float.NaN)];
        using var worker = Create();
        await worker.RunDueAsync(Stop);
        encoder.Replacing = null;
        await worker.RunDueAsync(Stop);
        Assert.Equal((0, null), await ReadAsync());

        _time.Advance(EmbeddingWorker.FailureDelay);
        await worker.RunDueAsync(Stop);

        Assert.Equal((1, "one"), await ReadAsync());
    }

    [Fact]
    public async Task Without_an_encoder_there_is_nothing_to_do()
    {
        using var worker = Create();
        await worker.RunDueAsync(Stop);

        Assert.Equal(1, (await _site.Catalog.ListHeadsAsync(Stop))[0].Generation);
        var embedding = new PassageEmbedding(_site.Catalog, _encoders, _time);
        Assert.Null(await embedding.ReadStateAsync(TestSite.Collection, Stop));
    }

    [Fact]
    public async Task A_damaged_document_gets_no_vector_and_keeps_nothing_from_coming_into_force()
    {
        await _site.CommitAsync(TestDocuments.Prepare("second", "un autre"));
        var damaged = (await _site.DocumentsAsync())[0];
        File.Delete(Path.Combine(_site.Data.Path, "objects", BlobKey.ForContent(damaged.Text.Container).Value));
        _encoders.Choose("one");
        using var worker = Create();
        await worker.RunDueAsync(Stop);

        Assert.Equal((1, "one"), await ReadAsync());
    }

    private EmbeddingWorker Create() => new(
        _site.Catalog,
        new PassageEmbedding(_site.Catalog, _encoders, _time),
        _time,
        NullLogger<EmbeddingWorker>.Instance);

    private async Task<(int EmbeddedCount, string? InForce)> ReadAsync()
    {
        var embedding = new PassageEmbedding(_site.Catalog, _encoders, _time);
        var state = await embedding.ReadStateAsync(TestSite.Collection, Stop);
        return (state!.EmbeddedCount, state.InForce);
    }
}
