namespace Terroir.Bench;

/// <summary>A temporary folder that goes with the measurement.</summary>
internal sealed class WorkFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("terroir-bench-").FullName;

    /// <summary>The path of a file or folder in it.</summary>
    public string In(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
