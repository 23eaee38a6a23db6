using System.Text.RegularExpressions;
using Terroir.Inference.Onnx.Weights.Gguf;

namespace Terroir.Inference.Onnx.Catalogue;

/// <summary>Finds the name of the licence that the files of a model state.</summary>
internal static partial class ModelLicence
{
    private const int NameLengthMax = 100;

    /// <summary>How much of a README is searched: what stands in front of its text.</summary>
    private const int ReadmeLengthMax = 64 << 10;

    /// <summary>Finds the name.</summary>
    /// <param name="weights">The folder or file of weights.</param>
    /// <returns>The name, such as <c>apache-2.0</c>; <see langword="null"/> if the files state none.</returns>
    public static string? Find(string weights)
    {
        var name = Directory.Exists(weights) ? FindInReadme(Path.Combine(weights, "README.md")) : FindInGguf(weights);
        return name is null ? null : name[..Math.Min(name.Length, NameLengthMax)];
    }

    private static string? FindInReadme(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using var file = File.OpenText(path);
        var start = new char[ReadmeLengthMax];
        var match = License().Match(new string(start, 0, file.ReadBlock(start)));
        return match.Success ? match.Groups["name"].Value : null;
    }

    private static string? FindInGguf(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[4];
        if (file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length
            || !start.SequenceEqual("GGUF"u8))
        {
            return null;
        }

        using var gguf = GgufFile.Open(path);
        return gguf.Metadata.TryGetString("general.license", out var name) ? name : null;
    }

    [GeneratedRegex(@"^license:\s*(?<name>[\w.-]+)\s*$", RegexOptions.Multiline, 1_000)]
    private static partial Regex License();
}
