using Terroir.Lineage;
using Terroir.Retention;

namespace Terroir.Server.Retention;

/// <summary>Deletes what lineage computed from the ledger and the receipts, to be computed again: its index, and the
/// events for other programs.</summary>
internal sealed class LineageFiles(ILineage lineage, SiteFolder site) : IErasable
{
    public string Store => "lineage";

    public ErasureStage Stage => ErasureStage.Records;

    public Task<int> EraseAsync(ErasureTarget target, CancellationToken cancellationToken)
    {
        lineage.Forget();
        string[] files = Directory.Exists(site.LineageFolder) ? Directory.GetFiles(site.LineageFolder) : [];
        foreach (var file in files)
        {
            File.Delete(file);
        }

        return Task.FromResult(files.Length);
    }
}
