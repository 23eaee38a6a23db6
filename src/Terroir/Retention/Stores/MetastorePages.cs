using Terroir.Storage;

namespace Terroir.Retention.Stores;

/// <summary>Overwrites what deleted rows left in the files of the metastore.</summary>
internal sealed class MetastorePages(IMetastore metastore) : IErasable
{
    public string Store => "metastore-pages";

    public ErasureStage Stage => ErasureStage.Scrub;

    public async Task<int> EraseAsync(ErasureTarget target, CancellationToken cancellationToken)
    {
        await metastore.ScrubAsync(cancellationToken);
        return 1;
    }
}
