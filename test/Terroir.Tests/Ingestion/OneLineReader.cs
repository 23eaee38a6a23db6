using Terroir.Documents;

namespace Terroir.Tests.Ingestion;

/// <summary>Makes one short paragraph of any file, however large.</summary>
internal sealed class OneLineReader : IDocumentReader
{
    public ValueTask<ReadOutcome> ReadAsync(
        ReadOnlyMemory<byte> content,
        string fileName,
        ReadLimits limits,
        CancellationToken cancellationToken) => ValueTask.FromResult<ReadOutcome>(new Extracted(new ExtractedDocument
        {
            MediaType = "text/plain",
            Reader = "one-line",
            Blocks = [new ParagraphBlock($"Le parking {fileName}.", SourcePlace.Whole)],
        }));
}
