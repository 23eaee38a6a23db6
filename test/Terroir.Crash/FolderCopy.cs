namespace Terroir.Crash;

/// <summary>Copies folders.</summary>
internal static class FolderCopy
{
    /// <summary>Copies a folder and everything in it.</summary>
    /// <param name="from">The folder.</param>
    /// <param name="to">The copy; no file of it is there yet.</param>
    public static void Make(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (var folder in Directory.EnumerateDirectories(from))
        {
            Make(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }
}
