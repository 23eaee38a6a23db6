using Terroir.Bench.Processes;

namespace Terroir.Bench.Scaling;

/// <summary>A copy of a site that may be written to: the objects, which never change, are the same files.</summary>
internal sealed class SiteCopy : IDisposable
{
    private SiteCopy(string path) => Path = path;

    public string Path { get; }

    public static async Task<SiteCopy> OfAsync(string site, CancellationToken cancellationToken)
    {
        var copy = new SiteCopy($"{site}-copy");
        copy.Dispose();
        await ChildProcess.RunAsync("cp", ["-al", site, copy.Path], cancellationToken);
        foreach (var database in Directory.EnumerateFiles(site, "*.db*"))
        {
            var target = System.IO.Path.Combine(copy.Path, System.IO.Path.GetFileName(database));
            File.Delete(target);
            File.Copy(database, target);
        }

        return copy;
    }

    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
