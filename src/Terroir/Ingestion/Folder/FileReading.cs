using Terroir.Catalog;
using Terroir.Documents;
using Terroir.Ingestion.Permissions;
using Terroir.Storage;

namespace Terroir.Ingestion.Folder;

/// <summary>Reads one file, and the files inside it.</summary>
internal sealed class FileReading(
    SourceRecord source,
    IDocumentReader reader,
    ReadLimits limits,
    TimeProvider timeProvider)
{
    public async Task<FileResult> ReadAsync(FolderFile file, Permission permission, CancellationToken cancellationToken)
    {
        var result = new FileResult(file);
        byte[] content;
        try
        {
            content = await File.ReadAllBytesAsync(file.FullPath, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            result.Items.Add(Item(file.Path, file.Fingerprint, default, [], new Unreadable(
                UnreadableReason.AccessDenied,
                "none",
                "The file cannot be opened. Give the terroir account the right to read it, then 'terroir retry'.")));
            return result;
        }

        var sourceFile = new SourceFile(
            source.Collection,
            source.Id,
            file.Path,
            file.ModifiedAt,
            permission.Access,
            permission.Label);
        await AddAsync(sourceFile, content, file.Fingerprint, depth: 0, result, cancellationToken);
        return result;
    }

    private async Task AddAsync(
        SourceFile file,
        ReadOnlyMemory<byte> content,
        string fingerprint,
        int depth,
        FileResult result,
        CancellationToken cancellationToken)
    {
        var name = file.Path[(file.Path.LastIndexOf('/') + 1)..];
        var outcome = depth > limits.DepthMax
            ? new Unreadable(
                UnreadableReason.TooLarge,
                "none",
                $"Files stand inside files more than {limits.DepthMax} deep. Unpack them into a folder of the source.")
            : await reader.ReadAsync(content, name, limits, cancellationToken);
        if (outcome is Unreadable unreadable)
        {
            result.Items.Add(Item(file.Path, fingerprint, ContentHash.Of(content.Span), [], unreadable));
            return;
        }

        var first = result.Documents.Count;
        var document = ((Extracted)outcome).Document;
        if (DocumentPreparer.Prepare(file, document, content) is { } prepared)
        {
            result.Documents.Add(prepared);
        }

        foreach (var embedded in document.Embedded)
        {
            var inner = file with { Path = $"{file.Path}!/{embedded.Path}" };
            await AddAsync(inner, embedded.Content, fingerprint, depth + 1, result, cancellationToken);
        }

        if (depth == 0)
        {
            var ids = result.Documents.Skip(first).Select(item => item.Id);
            result.Items.Add(Item(file.Path, fingerprint, ContentHash.Of(content.Span), [.. ids], null));
        }
    }

    private SourceItem Item(
        string path,
        string fingerprint,
        ContentHash content,
        IReadOnlyList<DocumentId> documents,
        Unreadable? quarantine) => new()
        {
            Key = new SourceItemKey(source.Id, path),
            Fingerprint = fingerprint,
            Content = content,
            Documents = documents,
            Quarantine = quarantine,
            AttemptCount = 1,
            TriedAt = timeProvider.GetUtcNow(),
        };
}

/// <summary>What came of a file.</summary>
internal sealed class FileResult(FolderFile file)
{
    public FolderFile File { get; } = file;

    public List<PreparedDocument> Documents { get; } = [];

    public List<SourceItem> Items { get; } = [];
}
