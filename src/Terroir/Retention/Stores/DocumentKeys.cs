using Terroir.Protection;

namespace Terroir.Retention.Stores;

/// <summary>Destroys the keys of the documents, and of the segments that held them: what they sealed stays unreadable
/// wherever a copy of it is.</summary>
internal sealed class DocumentKeys(IKeyRing keys) : IErasable
{
    public string Store => "keys";

    public ErasureStage Stage => ErasureStage.Keys;

    public Task<int> EraseAsync(ErasureTarget target, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var collection in target.Collections)
        {
            count += keys.Destroy(collection, [.. target.DocumentsOf(collection).Select(LeafOf)]);
            count += keys.DestroyOldObjectKeys(collection);
        }

        return Task.FromResult(count);
    }

    /// <summary>The leaf of a document.</summary>
    internal static ReadOnlyMemory<byte> LeafOf(DocumentId document) => Convert.FromHexString(document.Value);
}
