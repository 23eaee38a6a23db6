using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Terroir.Documents;
using Terroir.Sources;

namespace Terroir.Connectors.S3;

/// <summary>A bucket that is open.</summary>
internal sealed class S3Connection(S3Settings settings, IConnectorHost host, AmazonS3Client client) : ISourceConnection
{
    /// <summary>A body that sends nothing for so long is given up.</summary>
    internal static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(60);

    private const int BufferSize = 64 << 10;

    public async Task<SourceListing> ListAsync(string? cursor, CancellationToken cancellationToken)
    {
        try
        {
            return await new S3Listing(settings).RunAsync(client, cancellationToken);
        }
        catch (Exception exception) when (IsFault(exception, cancellationToken))
        {
            throw S3Faults.Explain(exception, settings).For(settings.Source, settings.Location);
        }
    }

    public async ValueTask<FetchedItem> FetchAsync(
        ListedItem item,
        long sizeMaxBytes,
        CancellationToken cancellationToken)
    {
        try
        {
            var tag = S3Object.TagOf(item);
            using var response = await client.GetObjectAsync(
                new GetObjectRequest
                {
                    BucketName = settings.Bucket,
                    Key = settings.Prefix + ItemPath.NameOf(item.Path),
                    EtagToMatch = tag.Length > 0 ? $"\"{tag}\"" : null,
                },
                cancellationToken);
            return await ReadAsync(item, response, sizeMaxBytes, cancellationToken);
        }
        catch (AmazonS3Exception exception) when (Judge(item, exception) is not null)
        {
            return Judge(item, exception)!;
        }
        catch (Exception exception) when (IsFault(exception, cancellationToken))
        {
            throw S3Faults.Explain(exception, settings).For(settings.Source, settings.Location);
        }
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    // The library ends what takes too long as if it were cancelled.
    private static bool IsFault(Exception exception, CancellationToken cancellationToken) =>
        S3Faults.IsKnown(exception)
        || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    // What an error means for one object; null if it means the whole source.
    private static FetchedItem? Judge(ListedItem item, AmazonS3Exception error) => error switch
    {
        { ErrorCode: "NoSuchKey" } => new FetchedItem(FetchVerdict.Gone, item, default),
        { StatusCode: HttpStatusCode.PreconditionFailed } => Changed(item),
        { ErrorCode: "InvalidObjectState" } => new FetchedItem(
            FetchVerdict.Refused,
            item,
            default,
            new Remark(RemarkCode.ObjectArchived)),
        { ErrorCode: "AccessDenied" } => new FetchedItem(
            FetchVerdict.Refused,
            item,
            default,
            new Remark(RemarkCode.ObjectRefused)),
        _ => null,
    };

    private static FetchedItem Changed(ListedItem item) => new(
        FetchVerdict.Unstable,
        item,
        default,
        new Remark(RemarkCode.FileChanged));

    private async Task<FetchedItem> ReadAsync(
        ListedItem listed,
        GetObjectResponse response,
        long sizeMaxBytes,
        CancellationToken cancellationToken)
    {
        if (response.ETag is not { Length: > 0 })
        {
            return Changed(listed);
        }

        var size = response.ContentLength;
        var item = S3Object.ToItem(listed.Path, response.ETag, size, response.LastModified);
        if (size > Math.Min(sizeMaxBytes, Array.MaxLength))
        {
            return new FetchedItem(
                FetchVerdict.TooLarge,
                item,
                default,
                new Remark(RemarkCode.FileTooLarge, $"{sizeMaxBytes >> 20}"));
        }

        var bytes = await TryReadAsync(response.ResponseStream, size, sizeMaxBytes, cancellationToken);
        return bytes is null ? Changed(item) : new FetchedItem(FetchVerdict.Fetched, item, bytes);
    }

    // Null if the body broke off, fell silent, or is longer than was said.
    private async Task<byte[]?> TryReadAsync(
        Stream body,
        long size,
        long sizeMaxBytes,
        CancellationToken cancellationToken)
    {
        // A server may say any length: the buffer grows with what comes.
        using var target = new MemoryStream((int)Math.Min(size, 1 << 20));
        var buffer = new byte[BufferSize];
        try
        {
            while (true)
            {
                using var silence = new CancellationTokenSource(SilenceMax, host.Clock);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
                var count = await body.ReadAsync(buffer, either.Token);
                if (count == 0)
                {
                    return target.Length == size ? target.ToArray() : null;
                }

                await target.WriteAsync(buffer.AsMemory(0, count), either.Token);
                if (target.Length > Math.Min(size, sizeMaxBytes))
                {
                    return null;
                }
            }
        }
        catch (Exception exception) when (IsFault(exception, cancellationToken))
        {
            return null;
        }
    }
}
