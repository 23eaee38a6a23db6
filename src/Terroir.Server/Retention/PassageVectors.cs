using Terroir.Retention;
using Terroir.Retrieval.Encoders;

namespace Terroir.Server.Retention;

/// <summary>Writes the vectors of passages anew without those of documents that are gone.</summary>
internal sealed class PassageVectors(IPassageEmbedding embedding) : IErasable
{
    public string Store => "passage-vectors";

    public ErasureStage Stage => ErasureStage.Rewrite;

    public async Task<int> EraseAsync(ErasureTarget target, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var collection in target.Collections)
        {
            count += await embedding.RenewAsync(collection, cancellationToken);
        }

        return count;
    }
}
