using Terroir.Documents;
using Terroir.Ingestion.Permissions;
using Terroir.Ingestion.Permissions.Ntfs;
using Terroir.Sources;
using Terroir.Storage;

namespace Terroir.Ingestion.Folder;

/// <summary>A folder source: what it holds, and its files with the permission that they have when they are
/// opened.</summary>
internal sealed class FolderReading(SourceRecord source, SourceTree tree) : ISourceReading
{
    /// <summary>Opens the folder of a source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="findSid">Finds the principal that has a SID of Windows.</param>
    /// <exception cref="SourceUnavailableException">It cannot be opened.</exception>
    public static FolderReading Open(SourceRecord source, Func<string, string?> findSid)
    {
        IPermissionReader permissions = source.Permissions switch
        {
            SourcePermissions.Posix => new PosixPermissions(new PosixNames()),
            SourcePermissions.Ntfs => new NtfsPermissions(findSid, NtfsPermissions.SystemAttributes),
            _ => new PermissionFiles(),
        };
        return new FolderReading(source, SourceTree.Open(source, permissions));
    }

    public Task<SourceContent> ListAsync(string? cursor, CancellationToken cancellationToken) =>
        Task.FromResult(Guard(() => FolderScan.Run(source, tree, cancellationToken)));

    public ValueTask<FetchedItem> FetchAsync(
        ListedItem item,
        long sizeMaxBytes,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Guard(() => OpenAndLoad(item, sizeMaxBytes)));
    }

    public ValueTask DisposeAsync()
    {
        tree.Dispose();
        return ValueTask.CompletedTask;
    }

    // A file that fails is in quarantine; what comes here is the process without a descriptor left.
    private T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (SystemCallException exception)
        {
            throw new SourceUnavailableException(source.Id, source.Location, exception);
        }
    }

    private FetchedItem OpenAndLoad(ListedItem item, long sizeMaxBytes)
    {
        try
        {
            using var opened = tree.OpenFile(item.Path);
            return opened is null
                ? new FetchedItem(FetchVerdict.Gone, item, ReadOnlyMemory<byte>.Empty)
                : Load(item.Path, opened, sizeMaxBytes);
        }
        catch (IOException exception) when (exception is not SystemCallException { IsExhaustion: true })
        {
            return new FetchedItem(
                FetchVerdict.Refused,
                item,
                ReadOnlyMemory<byte>.Empty,
                new Remark(RemarkCode.FileRefused));
        }
    }

    private static FetchedItem Load(string path, OpenedFile opened, long sizeMaxBytes)
    {
        var status = opened.Status;
        var item = status.ToItem(path, opened.Permission);
        if (status.SizeBytes > Math.Min(sizeMaxBytes, Array.MaxLength))
        {
            return new FetchedItem(
                FetchVerdict.TooLarge,
                item,
                ReadOnlyMemory<byte>.Empty,
                new Remark(RemarkCode.FileTooLarge, $"{sizeMaxBytes >> 20}"));
        }

        var bytes = new byte[status.SizeBytes];
        var length = FileBytes.Read(opened.Handle, bytes);
        return length == bytes.Length && SystemCalls.ReadStatus(opened.Handle) == status
            ? new FetchedItem(FetchVerdict.Fetched, item, bytes)
            : new FetchedItem(
                FetchVerdict.Unstable,
                item,
                ReadOnlyMemory<byte>.Empty,
                new Remark(RemarkCode.FileChanged));
    }
}
