using System.Text;
using Terroir.Sources;

namespace Terroir.Ingestion;

/// <summary>Paths within a source: text with <c>/</c>, from which the bytes on the disk can be had again.</summary>
/// <remarks>Names are written by <see cref="ItemPath"/>. They are not normalised: two files whose names look alike are
/// two.</remarks>
internal static class SourcePath
{
    /// <summary>Stands between a file and what is inside it.</summary>
    public const string Inside = "!/";

    /// <summary>The path of the file on the disk that a path leads to or into.</summary>
    public static string Outer(string path)
    {
        var end = path.IndexOf(Inside, StringComparison.Ordinal);
        return end < 0 ? path : path[..end];
    }

    /// <summary>Whether a path leads into a file.</summary>
    public static bool IsInside(string path) => path.Contains(Inside, StringComparison.Ordinal);

    /// <summary>The path of a file inside a file.</summary>
    public static string Inner(string outer, string embedded)
    {
        var parts = embedded.Split('/');
        return outer + Inside + string.Join('/', parts.Select((part, index) =>
            ItemPath.Encode(Encoding.UTF8.GetBytes(part), isFolder: index < parts.Length - 1)));
    }

    /// <summary>The path of what has a name in a folder.</summary>
    /// <param name="folder">The folder's path; empty for the source itself.</param>
    /// <param name="name">The name, without a zero.</param>
    /// <param name="isFolder">Whether it is a folder.</param>
    public static string Join(string folder, ReadOnlySpan<byte> name, bool isFolder)
    {
        var text = ItemPath.Encode(name, isFolder);
        return folder.Length == 0 ? text : $"{folder}/{text}";
    }

    /// <summary>Reads the names of a path again, each with a zero at its end.</summary>
    public static IReadOnlyList<byte[]> Decode(string path) => [.. Outer(path).Split('/').Select(DecodeName)];

    /// <summary>The name of a file as people see it: the last part of its path, in form NFC.</summary>
    public static string NameOf(string path) =>
        NormalForm.Of(Encoding.UTF8.GetString(DecodeName(path[(path.LastIndexOf('/') + 1)..]).AsSpan()[..^1]));

    private static byte[] DecodeName(string name) => [.. ItemPath.Decode(name), 0];
}
