using Terroir.Catalog;
using Terroir.Protection;

namespace Terroir.Retention.Stores;

/// <summary>Writes segments, what was learned, packs and records anew without what is not live.</summary>
internal sealed class IndexFiles(ICatalog catalog, TimeProvider time, IKeyRing? keys = null) : IErasable
{
    public string Store => "index";

    public ErasureStage Stage => ErasureStage.Rewrite;

    public async Task<int> EraseAsync(ErasureTarget target, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var collection in target.Collections)
        {
            // Segments of before are in backups too. Under a key of their own, they are destroyed there with it.
            keys?.RotateObjects(collection);
            await using var writer = await new PatientWriter(catalog, time).OpenAsync(collection, cancellationToken);
            var report = await writer.PurgeAsync(cancellationToken);
            count += report.SegmentCount + report.RepackCount + (report.HasForgotten ? 1 : 0);
        }

        return count;
    }
}
