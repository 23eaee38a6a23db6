using System.Diagnostics;

namespace Terroir.Storage.Tests.Engine;

/// <summary>A file system of a few MiB in memory, mounted for one test.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private SmallDisk(string path) => Path = path;

    /// <summary>Where it is mounted.</summary>
    public string Path { get; }

    /// <summary>The path of something on it.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Mounts one on a folder.</summary>
    /// <returns>The disk, or <see langword="null"/> with the reason why none can be mounted here.</returns>
    public static async Task<(SmallDisk? Disk, string Reason)> MountAsync(string folder, int sizeMebibytes)
    {
        if (!OperatingSystem.IsLinux())
        {
            return (null, "a file system in memory is mounted on Linux only");
        }

        Directory.CreateDirectory(folder);
        var error = await RunAsync("mount", "-t", "tmpfs", "-o", $"size={sizeMebibytes}m", "terroir-test", folder);
        return error.Length == 0
            ? (new SmallDisk(folder), "")
            : (null, "no file system may be mounted here: " + error);
    }

    public async ValueTask DisposeAsync() => Assert.Equal("", await RunAsync("umount", Path));

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        })!;
        var error = await process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode == 0 ? "" : error.Trim();
    }
}
