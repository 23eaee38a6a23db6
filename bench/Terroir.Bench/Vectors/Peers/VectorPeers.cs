using System.ComponentModel;

namespace Terroir.Bench.Vectors.Peers;

/// <summary>The other engines, those that can be had.</summary>
internal static class VectorPeers
{
    /// <summary>Measures them one after the other; what cannot be had is named on the console with its reason.
    /// </summary>
    /// <param name="work">What is searched.</param>
    /// <param name="truths">What is right.</param>
    /// <param name="folder">Where vectors are written for them.</param>
    /// <param name="cache">Where a graph may be kept for another run, or <see langword="null"/>.</param>
    /// <param name="resultCount">How many rows are searched.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<List<VectorFigure>> MeasureAsync(
        VectorWork work,
        VectorTruths truths,
        WorkFolder folder,
        string? cache,
        int resultCount,
        CancellationToken cancellationToken)
    {
        var figures = new List<VectorFigure>();
        await AddAsync(HnswPeer.Engine, () => HnswPeer.MeasureAsync(work, truths, folder, cache, cancellationToken));
        foreach (var peer in NpmPeer.All)
        {
            await AddAsync(peer.Engine, () => peer.MeasureAsync(work, truths, folder.Path, cancellationToken));
        }

        await AddAsync(
            "sqlite-vec",
            () => SqliteVecPeer.MeasureAsync(work, truths, folder.Path, resultCount, cancellationToken));
        return figures;

        async Task AddAsync(string engine, Func<Task<IReadOnlyList<VectorFigure>>> measure)
        {
            try
            {
                figures.AddRange(await measure());
            }
            catch (Exception error) when (error is InvalidOperationException or Win32Exception)
            {
                await Report.WriteLineAsync($"{engine} is left out: {error.Message}");
            }
        }
    }
}
