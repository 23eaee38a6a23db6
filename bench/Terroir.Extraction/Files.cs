using System.Text;
using Terroir.Documents;
using Terroir.Ingestion;
using Terroir.Readers;

namespace Terroir.Extraction;

/// <summary>Reads a file as <c>terroir extract</c> does.</summary>
internal static class Files
{
    private static readonly FormatReaders Readers = new();

    /// <summary>The canonical text; empty if the file could not be read.</summary>
    public static async Task<string> TextAsync(string file) =>
        await ReadAsync(file) is { } document ? Encoding.UTF8.GetString(DocumentPreparer.Render(document).Span) : "";

    /// <summary>The blocks; none if the file could not be read.</summary>
    public static async Task<IReadOnlyList<Block>> BlocksAsync(string file) => (await ReadAsync(file))?.Blocks ?? [];

    private static async Task<ExtractedDocument?> ReadAsync(string file)
    {
        var content = await File.ReadAllBytesAsync(file);
        var limits = ReadLimits.Default with { Duration = TimeSpan.FromMinutes(2) };
        var outcome = await Readers.ReadAsync(content, Path.GetFileName(file), limits, CancellationToken.None);
        return (outcome as Extracted)?.Document;
    }
}
