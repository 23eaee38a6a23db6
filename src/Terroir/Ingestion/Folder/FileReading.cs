using Terroir.Catalog;
using Terroir.Documents;
using Terroir.Ingestion.Permissions;
using Terroir.Storage;

namespace Terroir.Ingestion.Folder;

/// <summary>Reads one file, and the files inside it.</summary>
internal sealed class FileReading(
    SourceRecord source,
    SourceTree tree,
    IDocumentReader reader,
    MovedDocuments moved,
    ReadLimits limits)
{
    /// <summary>Reads a file with the permission that it has at that moment.</summary>
    /// <param name="file">The file.</param>
    /// <param name="former">Where its content was before, if that may be so.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="IOException">The process has no descriptor left.</exception>
    public async Task<FileResult> ReadAsync(
        FolderFile file,
        MovedFile? former,
        CancellationToken cancellationToken)
    {
        var result = new FileResult(file);
        var bytes = Load(file, result);
        if (bytes is null)
        {
            return result;
        }

        if (former is not null
            && await moved.TryCarryAsync(former, bytes, result, cancellationToken))
        {
            return result;
        }

        var sourceFile = new SourceFile(
            source.Collection,
            source.Id,
            file.Path,
            result.ModifiedAt,
            result.Permission.Access,
            result.Permission.Label);
        await AddAsync(sourceFile, bytes, depth: 0, result, cancellationToken);
        return result;
    }

    // Returns null when the result says all that there is to say.
    private byte[]? Load(FolderFile file, FileResult result)
    {
        try
        {
            using var opened = tree.OpenFile(file.Path);
            if (opened is null)
            {
                result.IsGone = true;
                return null;
            }

            return Load(opened, result);
        }
        catch (IOException exception) when (exception is not SystemCallException { IsExhaustion: true })
        {
            result.Postpone(UnreadableReason.AccessDenied, "The file cannot be read. Let the terroir account read it.");
            return null;
        }
    }

    private byte[]? Load(OpenedFile opened, FileResult result)
    {
        var status = opened.Status;
        result.Permission = opened.Permission;
        result.Fingerprint = status.Fingerprint;
        result.ModifiedAt = status.ModifiedAt;
        if (status.SizeBytes > Math.Min(limits.SizeMaxBytes, Array.MaxLength))
        {
            result.Add(result.File.Path, default, new Unreadable(
                UnreadableReason.TooLarge,
                "none",
                $"The file is larger than {limits.SizeMaxBytes >> 20} MiB. Split it."));
            return null;
        }

        var bytes = new byte[status.SizeBytes];
        var length = FileBytes.Read(opened.Handle, bytes);
        if (length == bytes.Length && SystemCalls.ReadStatus(opened.Handle) == status)
        {
            result.Content = ContentHash.Of(bytes);
            return bytes;
        }

        result.Postpone(
            UnreadableReason.Unstable,
            "The file changed while it was read. The next synchronisation tries again by itself.");
        return null;
    }

    private async Task AddAsync(
        SourceFile file,
        ReadOnlyMemory<byte> content,
        int depth,
        FileResult result,
        CancellationToken cancellationToken)
    {
        var name = depth == 0 ? SourcePath.NameOf(file.Path) : file.Path[(file.Path.LastIndexOf('/') + 1)..];
        var outcome = depth > limits.DepthMax
            ? new Unreadable(
                UnreadableReason.TooLarge,
                "none",
                $"Files stand inside files more than {limits.DepthMax} deep. Unpack them into a folder of the source.")
            : await reader.ReadAsync(content, name, limits, cancellationToken);
        var hash = depth == 0 ? result.Content : ContentHash.Of(content.Span);
        if (outcome is Unreadable unreadable)
        {
            result.Add(file.Path, hash, unreadable);
            return;
        }

        var document = ((Extracted)outcome).Document;
        if (DocumentPreparer.Prepare(file, document, content) is { } prepared)
        {
            result.Documents.Add(prepared);
        }
        else if (document.Embedded.Count == 0)
        {
            result.Add(file.Path, hash, new Unreadable(
                UnreadableReason.Empty,
                document.Reader,
                "The file holds no text that can be seen. Check that it is complete."));
            return;
        }
        else if (document.Warnings.Count > 0)
        {
            // Warnings stand with a document's text. What has none would keep to itself that entries are missing.
            result.Add(file.Path, hash, new Unreadable(
                UnreadableReason.Broken,
                document.Reader,
                $"A part was read. {string.Join(' ', document.Warnings)}"));
        }

        foreach (var embedded in document.Embedded)
        {
            var inner = file with { Path = SourcePath.Inner(file.Path, embedded.Path) };
            await AddAsync(inner, embedded.Content, depth + 1, result, cancellationToken);
        }
    }
}

/// <summary>What came of a file.</summary>
internal sealed class FileResult(FolderFile file)
{
    private readonly List<(string Path, ContentHash Content, Unreadable Quarantine)> _quarantine = [];

    /// <summary>The file as the scan found it.</summary>
    public FolderFile File { get; } = file;

    /// <summary>Its permission when it was opened.</summary>
    public Permission Permission { get; set; } = file.Permission;

    /// <summary>Its fingerprint when it was opened.</summary>
    public string Fingerprint { get; set; } = file.Fingerprint;

    /// <summary>When it was last changed, when it was opened.</summary>
    public DateTimeOffset ModifiedAt { get; set; } = file.ModifiedAt;

    /// <summary>The hash of its bytes; <c>default</c> if they were not read.</summary>
    public ContentHash Content { get; set; }

    /// <summary>Whether it was gone when it should be opened: the next scan will tell what that means.</summary>
    public bool IsGone { get; set; }

    /// <summary>Whether it could not be read for now, so that what was read of it before stays.</summary>
    public bool IsPostponed { get; private set; }

    /// <summary>The documents: itself, and those inside it.</summary>
    public List<PreparedDocument> Documents { get; } = [];

    /// <summary>The bytes of the documents that wait for their commit.</summary>
    public long SizeBytes => Documents.Sum(document => (long)document.Original.Length + document.Text.Length);

    /// <summary>How many files of it, or it itself, are in quarantine.</summary>
    public int QuarantinedCount => _quarantine.Count;

    /// <summary>Puts the file, or one inside it, in quarantine.</summary>
    public void Add(string path, ContentHash content, Unreadable quarantine) =>
        _quarantine.Add((path, content, quarantine));

    /// <summary>Leaves the file for the next synchronisation, and what is known of it as it is.</summary>
    public void Postpone(UnreadableReason reason, string advice)
    {
        IsPostponed = true;
        Fingerprint = "";
        Add(File.Path, default, new Unreadable(reason, "none", advice));
    }

    /// <summary>What is to be remembered.</summary>
    /// <param name="source">The source.</param>
    /// <param name="former">What was remembered of the file, and of those inside it.</param>
    /// <param name="now">When it was tried.</param>
    public IReadOnlyList<SourceItem> Items(string source, IReadOnlyList<SourceItem> former, DateTimeOffset now)
    {
        if (IsGone)
        {
            return former;
        }

        var before = former.ToDictionary(item => item.Key.Path, StringComparer.Ordinal);
        var items = _quarantine
            .DistinctBy(entry => entry.Path, StringComparer.Ordinal)
            .Select(entry => Item(entry.Path, entry.Content, entry.Quarantine))
            .ToList();
        if (!items.Exists(item => string.Equals(item.Key.Path, File.Path, StringComparison.Ordinal)))
        {
            items.Add(Item(File.Path, Content, quarantine: null));
        }

        return items;

        SourceItem Item(string path, ContentHash content, Unreadable? quarantine)
        {
            var known = before.GetValueOrDefault(path);
            var isOuter = string.Equals(path, File.Path, StringComparison.Ordinal);
            var isTriedAgain = known?.Quarantine is not null && quarantine is not null
                && string.Equals(known.Fingerprint, Fingerprint, StringComparison.Ordinal);
            return new SourceItem
            {
                Key = new SourceItemKey(source, path),
                Fingerprint = Fingerprint,
                Content = IsPostponed && known is not null ? known.Content : content,
                Documents = !isOuter ? []
                    : IsPostponed && known is not null ? known.Documents
                    : [.. Documents.Select(document => document.Id)],
                Quarantine = quarantine,
                AttemptCount = isTriedAgain ? known!.AttemptCount + 1 : 1,
                TriedAt = now,
            };
        }
    }
}
