using Amazon.S3;
using Amazon.S3.Model;
using Terroir.Connectors.Connecting;
using Terroir.Sources;

namespace Terroir.Connectors.S3;

/// <summary>Tries a bucket, step by step.</summary>
internal sealed class S3Trial(S3Settings settings, IConnectorHost host) : IDisposable
{
    private AmazonS3Client? _client;
    private string? _first;

    /// <summary>The steps, in order.</summary>
    public IReadOnlyList<TrialStep> Steps =>
    [
        new("the secrets can be read", PrepareAsync),
        .. settings.Endpoint is { } endpoint
            ? [new TrialStep("the server answers", token => ConnectAsync(endpoint, token))]
            : Array.Empty<TrialStep>(),
        new("the bucket can be listed", ListAsync),
        new("an object can be read", ReadAsync),
        new("who may read is said", FindPermissionsAsync),
    ];

    public void Dispose() => _client?.Dispose();

    private Task<string> PrepareAsync(CancellationToken cancellationToken)
    {
        _client = S3Client.Open(settings, host);
        return Task.FromResult("They are there.");
    }

    private async Task<string> ConnectAsync(Uri endpoint, CancellationToken cancellationToken)
    {
        await using var stream = await Reach.OpenAsync(host, endpoint.IdnHost, endpoint.Port, cancellationToken);
        return $"{endpoint.IdnHost} on port {endpoint.Port}.";
    }

    private Task<string> ListAsync(CancellationToken cancellationToken) => GuardAsync(async client =>
    {
        var page = await client.ListObjectsV2Async(
            new ListObjectsV2Request
            {
                BucketName = settings.Bucket,
                Prefix = settings.Prefix,
                MaxKeys = S3Listing.PageSize,
            },
            cancellationToken);
        S3Listing.RequireListing(page, settings);
        _first = page.S3Objects?.Find(found => !found.Key.EndsWith('/'))?.Key;
        return _first is null
            ? throw new SourceFaultException(
                settings.Prefix.Length > 0
                    ? $"No object begins with '{settings.Prefix}'. Check 'prefix', its upper and lower case too."
                    : "The bucket holds no object. Check 'bucket'.")
            : page.IsTruncated is true
                ? $"More than {S3Listing.PageSize} objects."
                : $"{page.S3Objects!.Count} objects.";
    });

    private Task<string> ReadAsync(CancellationToken cancellationToken) => GuardAsync(async client =>
    {
        try
        {
            using var response = await client.GetObjectAsync(
                new GetObjectRequest
                {
                    BucketName = settings.Bucket,
                    Key = _first,
                    ByteRange = new ByteRange(0, 0),
                },
                cancellationToken);
            return "It can.";
        }
        catch (AmazonS3Exception exception) when (exception.ErrorCode is "AccessDenied")
        {
            throw new SourceFaultException("The key may list and not get. Let it get the objects too.", exception);
        }
        catch (AmazonS3Exception exception) when (exception.ErrorCode is "InvalidRange")
        {
            return "It can; it is empty.";
        }
    });

    private Task<string> FindPermissionsAsync(CancellationToken cancellationToken) => GuardAsync(async client =>
    {
        try
        {
            using var response = await client.GetObjectAsync(
                new GetObjectRequest
                {
                    BucketName = settings.Bucket,
                    Key = $"{settings.Prefix}permissions.yaml",
                },
                cancellationToken);
            return "There is a permissions.yaml.";
        }
        catch (AmazonS3Exception exception) when (exception.ErrorCode is "NoSuchKey")
        {
            return "There is no permissions.yaml beside the first keys: with permissions from files, nobody reads what "
                + "no such file below opens.";
        }
    });

    private async Task<string> GuardAsync(Func<AmazonS3Client, Task<string>> askAsync)
    {
        try
        {
            return await askAsync(_client!);
        }
        catch (Exception exception) when (S3Faults.IsKnown(exception))
        {
            throw S3Faults.Explain(exception, settings);
        }
    }
}
