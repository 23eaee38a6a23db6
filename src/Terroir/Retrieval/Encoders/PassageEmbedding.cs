using Terroir.Catalog;
using Terroir.Retrieval.Vectors;
using Terroir.Storage;

namespace Terroir.Retrieval.Encoders;

/// <summary>Embeds passages outside of the collection's lease, and takes it only to commit what is done.</summary>
internal sealed class PassageEmbedding(
    ICatalog catalog,
    IPassageEncoders encoders,
    TimeProvider timeProvider,
    int batchPassageCount = PassageEmbedding.BatchPassageCountMax) : IPassageEmbedding
{
    /// <summary>How many passages one commit brings at most, but for a document that has more alone.</summary>
    internal const int BatchPassageCountMax = 2_048;

    /// <summary>How many passages the encoder is given at once.</summary>
    internal const int CallPassageCountMax = 16;

    /// <summary>How often a commit is tried while another process writes.</summary>
    internal const int AttemptCountMax = 30;

    /// <summary>How often in a row a change may come too late, because the collection has changed meanwhile.</summary>
    internal const int LateCountMax = 8;

    /// <summary>A commit is due after so much work: what a kill loses.</summary>
    internal static readonly TimeSpan BatchDuration = TimeSpan.FromSeconds(20);

    /// <summary>How long a commit waits for another process that writes.</summary>
    internal static readonly TimeSpan BusyDelay = TimeSpan.FromSeconds(2);

    public async Task<EmbeddingState?> RunAsync(
        CollectionId collection,
        IProgress<EmbeddingState>? progress,
        CancellationToken cancellationToken)
    {
        var name = encoders.CurrentName;
        var unreadable = new HashSet<DocumentId>();
        var lateCount = 0;
        while (await EmbeddingPlan.ReadAsync(catalog, collection, name, cancellationToken) is { } plan)
        {
            var state = plan.Describe(unreadable.Count);
            progress?.Report(state);
            if (lateCount > LateCountMax
                || await NextAsync(plan, unreadable, cancellationToken) is not { } change)
            {
                return state with { UnreadableCount = unreadable.Count };
            }

            lateCount = await CommitAsync(collection, change, cancellationToken) ? 0 : lateCount + 1;
        }

        return null;
    }

    public async Task<EmbeddingState?> ReadStateAsync(CollectionId collection, CancellationToken cancellationToken) =>
        (await EmbeddingPlan.ReadAsync(catalog, collection, encoders.CurrentName, cancellationToken))
            ?.Describe(unreadableCount: 0);

    public async Task<int> RenewAsync(CollectionId collection, CancellationToken cancellationToken)
    {
        // No passage is embedded: an erasure must not wait until an encoder can be opened.
        var blocks = await EmbeddingPlan.ReadAsync(catalog, collection, current: null, cancellationToken) is { } first
            ? first.Blocks.Select(block => block.Row.Hash).ToArray()
            : [];
        var count = 0;
        foreach (var block in blocks)
        {
            if (await EmbeddingPlan.ReadAsync(catalog, collection, current: null, cancellationToken) is { } plan
                && BlockUpkeep.Renew(plan, block, cancellationToken) is { } change
                && await CommitAsync(collection, change, cancellationToken))
            {
                count++;
            }
        }

        return count;
    }

    private async Task<VectorChange?> NextAsync(
        EmbeddingPlan plan,
        HashSet<DocumentId> unreadable,
        CancellationToken cancellationToken)
    {
        var missing = plan.FindMissing().Where(document => !unreadable.Contains(document.Id)).ToArray();
        if (missing.Length > 0
            && encoders.Current is { } encoder
            && await EmbedAsync(encoder, missing, unreadable, cancellationToken) is { Joining: not null } change)
        {
            return change;
        }

        if (plan.Current is { } current
            && plan.InForce?.Card != current.Card
            && plan.BlocksOf(current).Count > 0)
        {
            return BlockUpkeep.Switch(plan, cancellationToken);
        }

        return BlockUpkeep.Next(plan, cancellationToken);
    }

    private async Task<VectorChange> EmbedAsync(
        PassageEncoder encoder,
        IEnumerable<DocumentVersion> documents,
        HashSet<DocumentId> unreadable,
        CancellationToken cancellationToken)
    {
        var builder = new PassageVectorBuilder(encoder.Name, encoder.Dimensions, isInForce: false);
        var start = timeProvider.GetTimestamp();
        foreach (var document in documents)
        {
            if (builder.VectorCount > 0
                && (builder.VectorCount + document.PassageCount > batchPassageCount
                    || timeProvider.GetElapsedTime(start) >= BatchDuration))
            {
                break;
            }

            if (await ReadTextsAsync(document, cancellationToken) is not { Count: > 0 } texts)
            {
                unreadable.Add(document.Id);
                continue;
            }

            builder.Add(
                DocumentRecord.NumberOf(document.Id),
                EmbeddedText.KeyOf(document),
                await EmbedAsync(encoder, texts, cancellationToken));
        }

        return builder.ToChange([], cancellationToken);
    }

    private static async Task<IReadOnlyList<float[]>> EmbedAsync(
        PassageEncoder encoder,
        IReadOnlyList<string> texts,
        CancellationToken cancellationToken)
    {
        var vectors = new List<float[]>(texts.Count);
        foreach (var call in texts.Chunk(CallPassageCountMax))
        {
            var embeddings = await encoder.Passages.GenerateAsync(call, cancellationToken: cancellationToken);
            if (embeddings.Count != call.Length)
            {
                throw new VectorUnusableException(encoder.Dimensions, length: 0);
            }

            foreach (var embedding in embeddings)
            {
                VectorLimits.Check(embedding.Vector.Span, encoder.Dimensions);
                vectors.Add(embedding.Vector.ToArray());
            }
        }

        return vectors;
    }

    // A document whose bytes are damaged is found by its words, and repaired by others than this.
    private async Task<IReadOnlyList<string>?> ReadTextsAsync(
        DocumentVersion document,
        CancellationToken cancellationToken)
    {
        try
        {
            var content = new DocumentContent(
                await catalog.ReadBlobAsync(document.Text, cancellationToken),
                await catalog.ReadPassagesAsync(document, cancellationToken),
                SizeBytes: 0);
            return content.Passages.Index().All(item => content.PassageOf(item.Index) is not null)
                ? [
                    .. content.Passages.Select(passage =>
                        EmbeddedText.Of(document.Title, passage, content.TextOf(passage))),
                ]
                : null;
        }
        catch (Exception exception) when (exception is BlobCorruptException or BlobMissingException)
        {
            return null;
        }
    }

    // Whatever was decided meanwhile is seen by the next plan; what was embedded is not thrown away for it.
    private async Task<bool> CommitAsync(
        CollectionId collection,
        VectorChange change,
        CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var writer = await catalog.JoinWriterAsync(collection, cancellationToken);
                return await writer.ReplaceVectorsAsync(change, cancellationToken);
            }
            catch (LeaseHeldException) when (attempt < AttemptCountMax)
            {
                await Task.Delay(BusyDelay, timeProvider, cancellationToken);
            }
        }
    }
}
