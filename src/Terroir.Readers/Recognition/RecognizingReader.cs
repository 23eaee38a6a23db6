using Terroir.Documents;

namespace Terroir.Readers.Recognition;

/// <summary>Reads files by a reader, and has what it leaves over recognised at once; for those who read one file.
/// </summary>
/// <param name="reader">Reads files.</param>
/// <param name="recognizer">Recognises pictures and scanned pages.</param>
public sealed class RecognizingReader(IDocumentReader reader, IDocumentRecognizer recognizer) : IDocumentReader
{
    /// <inheritdoc/>
    /// <exception cref="ReaderUnavailableException">No reading process can be started.</exception>
    public async ValueTask<ReadOutcome> ReadAsync(
        ReadOnlyMemory<byte> content,
        string fileName,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        var outcome = await reader.ReadAsync(content, fileName, limits, cancellationToken);
        return recognizer.IsNeeded(outcome)
            ? await recognizer.RecognizeAsync(content, fileName, outcome, limits, cancellationToken)
            : outcome;
    }
}
