namespace Terroir.Architecture.Tests;

/// <summary>Finds the repository's files from the running test.</summary>
internal static class RepositoryFiles
{
    /// <summary>The repository's folder. Not [CallerFilePath]: a reproducible build writes /_/ there.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>Lists C# files of some top folders.</summary>
    public static IEnumerable<string> Sources(params string[] folders) =>
        folders.SelectMany(folder =>
            Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories));

    private static string FindRoot(string folder) =>
        File.Exists(Path.Combine(folder, "Terroir.slnx")) ? folder : FindRoot(Path.GetDirectoryName(folder)!);
}
