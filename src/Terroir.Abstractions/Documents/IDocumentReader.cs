namespace Terroir.Documents;

/// <summary>Turns a file into the document model.</summary>
/// <remarks>Members are safe to call from several threads at once.</remarks>
public interface IDocumentReader
{
    /// <summary>Reads one file. It is recognised by its content first, by its name where the content leaves a choice.
    /// </summary>
    /// <param name="content">The whole file.</param>
    /// <param name="fileName">Its name with extension, without folders.</param>
    /// <param name="limits">The bounds; exceeding one yields <see cref="Unreadable"/>.</param>
    /// <param name="cancellationToken">Stops the reading; then <see cref="OperationCanceledException"/>.</param>
    /// <returns>The content, or why there is none. A hostile or broken file never raises an exception.</returns>
    ValueTask<ReadOutcome> ReadAsync(
        ReadOnlyMemory<byte> content,
        string fileName,
        ReadLimits limits,
        CancellationToken cancellationToken);
}
