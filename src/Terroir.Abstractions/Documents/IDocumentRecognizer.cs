namespace Terroir.Documents;

/// <summary>Recognises the letters that a reader left over: those of pictures and of scanned pages.</summary>
/// <remarks>It takes seconds for a page where reading takes milliseconds, so that it is asked apart: files that need it
/// must not keep others waiting. Members are safe to call from several threads at once.</remarks>
public interface IDocumentRecognizer
{
    /// <summary>Whether something of a file is left over for it.</summary>
    /// <param name="outcome">What the reader made of the file.</param>
    /// <returns>Whether <see cref="RecognizeAsync"/> may make more of it.</returns>
    bool IsNeeded(ReadOutcome outcome);

    /// <summary>Makes more of a file that was read.</summary>
    /// <param name="content">The whole file.</param>
    /// <param name="fileName">Its name with extension, without folders.</param>
    /// <param name="outcome">What the reader made of it.</param>
    /// <param name="limits">The bounds; those of time hold for each page.</param>
    /// <param name="cancellationToken">Stops it; then <see cref="OperationCanceledException"/>.</param>
    /// <returns>The outcome with what was recognised, or with the reason why nothing was.</returns>
    ValueTask<ReadOutcome> RecognizeAsync(
        ReadOnlyMemory<byte> content,
        string fileName,
        ReadOutcome outcome,
        ReadLimits limits,
        CancellationToken cancellationToken);
}
