using Terroir.Sources;

namespace Terroir.Ingestion.Push;

/// <summary>One document that was sent, as a source that has nothing else.</summary>
internal sealed class PushedReading(ListedItem item, ReadOnlyMemory<byte> content) : ISourceReading
{
    public Task<SourceContent> ListAsync(string? cursor, CancellationToken cancellationToken) =>
        Task.FromResult(new SourceContent { Items = [item], IsComplete = false });

    public ValueTask<FetchedItem> FetchAsync(
        ListedItem wanted,
        long sizeMaxBytes,
        CancellationToken cancellationToken) =>
        ValueTask.FromResult(new FetchedItem(FetchVerdict.Fetched, item, content));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
