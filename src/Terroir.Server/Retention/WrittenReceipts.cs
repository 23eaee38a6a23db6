using Terroir.Retention;

namespace Terroir.Server.Retention;

/// <summary>The copies of receipts that commands wrote into the site's folder: what opens them goes.</summary>
internal sealed class WrittenReceipts(SiteFolder site) : IErasable
{
    public string Store => "written-receipts";

    public ErasureStage Stage => ErasureStage.Records;

    public Task<int> EraseAsync(ErasureTarget target, CancellationToken cancellationToken)
    {
        var files = target.Work.Receipts
            .Select(receipt => Path.Combine(site.ReceiptsFolder, $"{receipt.Hex}.openings.json"))
            .Where(File.Exists)
            .ToArray();
        foreach (var file in files)
        {
            File.Delete(file);
        }

        return Task.FromResult(files.Length);
    }
}
