using System.IO.Compression;

namespace Terroir.Tests.Ingestion;

/// <summary>Makes small archives.</summary>
internal static class Archive
{
    public static void Write(string path, params ReadOnlySpan<(string Name, string Text)> entries)
    {
        File.Delete(path);
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (name, text) in entries)
        {
            using var writer = new StreamWriter(archive.CreateEntry(name).Open());
            writer.Write(text);
        }
    }
}
