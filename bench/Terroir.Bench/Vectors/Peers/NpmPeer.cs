using Terroir.Bench.Processes;

namespace Terroir.Bench.Vectors.Peers;

/// <summary>A peer that an npm package brings with its own binaries, run by Node.</summary>
/// <param name="Engine">Its name, for <c>peer.mjs</c> too.</param>
/// <param name="Package">The package, with its version.</param>
internal sealed record NpmPeer(string Engine, string Package)
{
    private const string Script = "peer.mjs";

    /// <summary>usearch has no filter in JavaScript; LanceDB filters by a column.</summary>
    public static NpmPeer[] All { get; } =
    [
        new("usearch", "usearch@2.26.2"),
        new("lancedb", "@lancedb/lancedb@0.31.0"),
    ];

    /// <summary>Installs and measures it.</summary>
    /// <exception cref="InvalidOperationException">It cannot be installed, or failed.</exception>
    public async Task<IReadOnlyList<VectorFigure>> MeasureAsync(
        VectorWork work,
        VectorTruths truths,
        string folder,
        CancellationToken cancellationToken)
    {
        var home = Directory.CreateDirectory(Path.Combine(folder, Engine)).FullName;
        await ChildProcess.RunAsync(
            "npm",
            ["install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", home, "-E", Package],
            cancellationToken);
        var script = Path.Combine(home, Script);
        File.Copy(Path.Combine(AppContext.BaseDirectory, Script), script, overwrite: true);
        var sizes = PeerData.Write(work, truths, home);
        var run = await ChildProcess.RunAsync("node", [script, Engine, home, .. sizes], cancellationToken);
        return [.. PeerData.Read(run.Output, Engine, work, truths)];
    }
}
