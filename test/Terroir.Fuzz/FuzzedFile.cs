using Terroir.Documents;
using Terroir.Ingestion;
using Terroir.Readers;

namespace Terroir.Fuzz;

/// <summary>Reads one file as the product does, without the process that would keep its host safe.</summary>
internal static class FuzzedFile
{
    private static readonly ReadLimits Limits = new()
    {
        Duration = TimeSpan.FromSeconds(5),
        SizeMaxBytes = 4 << 20,
    };

    private static readonly FormatReaders Readers = new();

    /// <summary>Reads it; the outcome is content or advice, and any exception is a finding.</summary>
    public static void Read(Stream content, string name)
    {
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
#pragma warning disable VSTHRD002 // The fuzzer calls from a program without a context, and waits.
        var outcome = Readers.ReadAsync(bytes.ToArray(), name, Limits, CancellationToken.None)
            .AsTask().GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
        if (outcome is Extracted { Document: var document })
        {
            _ = DocumentPreparer.Render(document);
        }
        else if (outcome is Unreadable { Advice.Count: 0 })
        {
            throw new InvalidOperationException("A refusal gives no advice.");
        }
    }
}
