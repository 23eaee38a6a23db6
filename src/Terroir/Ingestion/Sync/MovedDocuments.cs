using Terroir.Catalog;
using Terroir.Ingestion.Quality;
using Terroir.Storage;

namespace Terroir.Ingestion.Sync;

/// <summary>Takes the documents of a file that moved to its new path without reading them again.</summary>
/// <remarks>The new file must have the very bytes of the old one: time, size and inode alone could be made up, and
/// would then give somebody the text of a file that they cannot read.</remarks>
internal sealed class MovedDocuments(ICatalog catalog, SourceRecord source)
{
    /// <summary>Fills a result with the documents of the old path.</summary>
    /// <param name="former">The old path.</param>
    /// <param name="bytes">The bytes at the new path.</param>
    /// <param name="result">The result; its content hash is known.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Whether it was done; else the file must be read.</returns>
    public async Task<bool> TryCarryAsync(
        MovedFile former,
        ReadOnlyMemory<byte> bytes,
        FileResult result,
        CancellationToken cancellationToken)
    {
        var (from, to) = (former.Item.Key.Path, result.Item.Path);
        if (former.Item.Content != result.Content
            || !IsSame(former.Item, result)
            || result.Fetched.Title is not null
            || !string.Equals(Path.GetExtension(from), Path.GetExtension(to), StringComparison.Ordinal)
            || former.Inner.Any(QualityGate.IsHeld)
            || former.Documents.Any(document => IsNamedAfterFile(document, from, to)))
        {
            return false;
        }

        try
        {
            foreach (var document in former.Documents)
            {
                var isOuter = string.Equals(document.Path, from, StringComparison.Ordinal);
                result.Documents.Add(await CarryAsync(
                    document,
                    to + document.Path[from.Length..],
                    isOuter ? bytes : (ReadOnlyMemory<byte>?)null,
                    result,
                    cancellationToken));
            }
        }
        catch (BlobMissingException)
        {
            // Another process collected garbage after the old path was removed: then it is read like any file.
            result.Documents.Clear();
            return false;
        }

        foreach (var item in former.Inner)
        {
            result.Add(to + item.Key.Path[from.Length..], item.Content, item.Quarantine!);
        }

        return true;
    }

    private async Task<PreparedDocument> CarryAsync(
        DocumentVersion document,
        string path,
        ReadOnlyMemory<byte>? original,
        FileResult result,
        CancellationToken cancellationToken) => new()
        {
            Id = DocumentId.For(source.Collection, $"{source.Id}:{path}"),
            Source = source.Id,
            Path = path,
            Title = document.Title,
            MediaType = document.MediaType,
            Language = document.Language,
            ModifiedAt = document.ModifiedAt,
            Authors = document.Authors,
            CreatedAt = document.CreatedAt,
            ValidFrom = document.ValidFrom,
            ValidUntil = document.ValidUntil,
            Replaces = document.Replaces,
            ReplacedBy = document.ReplacedBy,
            Label = result.Fetched.Readers.Label,
            Access = result.Fetched.Readers.Access,
            Original = original ?? await catalog.ReadBlobAsync(document.Original, cancellationToken),
            Text = await catalog.ReadBlobAsync(document.Text, cancellationToken),
            Passages = await catalog.ReadPassagesAsync(document, cancellationToken),
            Warnings = document.Warnings,
            Quality = document.Quality,
            Fingerprint = document.Fingerprint,
        };

    // Of a source that tells what stays when an item moves, the time may be another.
    private static bool IsSame(SourceItem former, FileResult result) => result.Fetched.Identity is { } identity
        ? string.Equals(former.Identity, identity, StringComparison.Ordinal)
        : string.Equals(former.Fingerprint, result.Fingerprint, StringComparison.Ordinal);

    // A title that may come from the file's name must be made anew when the name changes.
    private static bool IsNamedAfterFile(DocumentVersion document, string from, string to) =>
        string.Equals(document.Path, from, StringComparison.Ordinal)
        && !string.Equals(SourcePath.NameOf(from), SourcePath.NameOf(to), StringComparison.Ordinal)
        && string.Equals(document.Title, DocumentPreparer.TitleFromName(from), StringComparison.Ordinal);
}

/// <summary>A file that is gone, and seems to have come back under another path.</summary>
/// <param name="Item">What was remembered of it.</param>
/// <param name="Inner">What was remembered of files inside it that are in quarantine.</param>
/// <param name="Documents">Its documents that were live.</param>
internal sealed record MovedFile(
    SourceItem Item,
    IReadOnlyList<SourceItem> Inner,
    IReadOnlyList<DocumentVersion> Documents);
