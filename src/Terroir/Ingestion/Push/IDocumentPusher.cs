using Terroir.Documents;

namespace Terroir.Ingestion;

/// <summary>Takes documents that a program sends, one by one.</summary>
public interface IDocumentPusher
{
    /// <summary>Puts a document into a source of kind <c>push</c>, or replaces it. When the call returns, what came of
    /// it is durable, and a document that was read can be found.</summary>
    /// <remarks>The same content, name, title and time again changes nothing; other readers or another label are
    /// stamped without reading.</remarks>
    /// <param name="source">The source's name.</param>
    /// <param name="document">The document.</param>
    /// <param name="cancellationToken">Stops before the commit; then nothing was changed.</param>
    /// <returns>What came of it.</returns>
    /// <exception cref="SourceUnknownException">There is no such source.</exception>
    /// <exception cref="LeaseHeldException">Another process writes to the collection.</exception>
    Task<PushStatus> PutAsync(string source, PushedDocument document, CancellationToken cancellationToken);

    /// <summary>Takes a document away; it stops answering before the call returns.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="id">The document's id.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <returns>Whether it was there.</returns>
    /// <exception cref="SourceUnknownException">There is no such source.</exception>
    Task<bool> DeleteAsync(string source, string id, CancellationToken cancellationToken);

    /// <summary>Tells what is known of a document.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="id">The document's id.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Its status, or <see langword="null"/> if it was never put, or was taken away.</returns>
    /// <exception cref="SourceUnknownException">There is no such source.</exception>
    Task<PushStatus?> FindAsync(string source, string id, CancellationToken cancellationToken);
}

/// <summary>A document that a program sends.</summary>
/// <param name="Id">Its id; see <see cref="PushId"/>.</param>
/// <param name="FileName">The name of its file, by which some formats are told.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Readers">Who may read it, and its label.</param>
public sealed record PushedDocument(
    string Id,
    string FileName,
    ReadOnlyMemory<byte> Content,
    Sources.ItemReaders Readers)
{
    /// <summary>The title; <see langword="null"/> for the document's own.</summary>
    public string? Title { get; init; }

    /// <summary>When the original was last changed.</summary>
    public DateTimeOffset ModifiedAt { get; init; }
}

/// <summary>What is known of a document that was put.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Content">The SHA-256 of the bytes that were put last.</param>
/// <param name="Documents">What answers of it: itself, and files inside it.</param>
/// <param name="Quarantine">Why it, or a file inside it, is not read or is held; empty if all is.</param>
public sealed record PushStatus(
    string Id,
    ContentHash Content,
    IReadOnlyList<DocumentId> Documents,
    IReadOnlyList<Unreadable> Quarantine)
{
    /// <summary>Whether the call changed nothing, since all was so before.</summary>
    public bool IsUnchanged { get; init; }

    /// <summary>Whether nothing was known of it before the call.</summary>
    public bool IsNew { get; init; }
}

/// <summary>The ids by which programs name documents.</summary>
public static class PushId
{
    /// <summary>The longest id, in characters.</summary>
    public const int LengthMax = 200;

    /// <summary>Decides whether a text is an id.</summary>
    /// <param name="id">Any text.</param>
    /// <returns>Whether it has 1 to <see cref="LengthMax"/> of: a-z A-Z 0-9 - _ . ~, first a letter or digit, and is
    /// not <c>permissions.yaml</c>.</returns>
    public static bool IsValid(string id) =>
        id.Length is > 0 and <= LengthMax
        && char.IsAsciiLetterOrDigit(id[0])
        && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or '~')
        && id is not Permissions.PermissionFiles.FileName;
}
