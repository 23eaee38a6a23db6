using System.Text;
using Terroir.Documents;
using Terroir.Ingestion;
using Terroir.Readers;

namespace Terroir.Tests.Readers;

/// <summary>Reads bytes as the product does.</summary>
internal static class ReadFile
{
    private static readonly FormatReaders Readers = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static ValueTask<ReadOutcome> OutcomeAsync(byte[] content, string name, ReadLimits? limits = null) =>
        Readers.ReadAsync(content, name, limits ?? ReadLimits.Default, Stop);

    public static async Task<ExtractedDocument> DocumentAsync(byte[] content, string name)
    {
        var outcome = await OutcomeAsync(content, name);
        return outcome is Extracted extracted ? extracted.Document : throw new InvalidDataException($"{outcome}");
    }

    public static async Task<string> TextAsync(byte[] content, string name) =>
        Encoding.UTF8.GetString(DocumentPreparer.Render(await DocumentAsync(content, name)).Span);

    public static Task<string> TextAsync(string content, string name) =>
        TextAsync(Encoding.UTF8.GetBytes(content), name);

    public static async Task<Unreadable> RefusalAsync(byte[] content, string name, ReadLimits? limits = null) =>
        Assert.IsType<Unreadable>(await OutcomeAsync(content, name, limits));
}
