using Amazon.S3;
using Amazon.S3.Model;
using Terroir.Connectors.Connecting;
using Terroir.Sources;

namespace Terroir.Connectors.S3;

/// <summary>Lists a bucket, page by page. A bucket tells no changes, so that every listing is complete.</summary>
internal sealed class S3Listing(S3Settings settings)
{
    /// <summary>The most objects of one page.</summary>
    internal const int PageSize = 1_000;

    private readonly List<ListedItem> _items = [];
    private readonly List<SourceProblem> _problems = [];
    private int _hiddenCount;
    private int _temporaryCount;

    /// <summary>Lists everything.</summary>
    public async Task<SourceListing> RunAsync(AmazonS3Client client, CancellationToken cancellationToken)
    {
        string? next = null;
        do
        {
            var page = await client.ListObjectsV2Async(
                new ListObjectsV2Request
                {
                    BucketName = settings.Bucket,
                    Prefix = settings.Prefix,
                    MaxKeys = PageSize,
                    ContinuationToken = next,
                },
                cancellationToken);
            RequireListing(page, settings);
            foreach (var found in page.S3Objects ?? [])
            {
                Add(found);
            }

            next = page.IsTruncated is true ? RequireNext(page.NextContinuationToken, next) : null;
        }
        while (next is not null);
        _items.Sort((left, right) => string.CompareOrdinal(left.Path, right.Path));
        return new SourceListing
        {
            Items = _items,
            IsComplete = true,
            Problems = _problems,
            Ignored = new IgnoredFiles(_hiddenCount, _temporaryCount, 0, 0, 0),
        };
    }

    /// <summary>Refuses what is no listing: the page of a proxy must not pass for an empty bucket.</summary>
    public static void RequireListing(ListObjectsV2Response page, S3Settings settings)
    {
        if (!string.Equals(page.Name, settings.Bucket, StringComparison.Ordinal))
        {
            throw new SourceFaultException(
                "What answers gives no listing of the bucket. Check 'endpoint', and proxies on the way.");
        }
    }

    // A server that gives the same page for ever, or none, would make a part of the bucket look gone.
    private static string RequireNext(string? token, string? before) =>
        token is { Length: > 0 } && !string.Equals(token, before, StringComparison.Ordinal)
            ? token
            : throw new SourceFaultException(
                "The server says that there is more, and not where. Nothing is taken from a half listing.");

    private void Add(Amazon.S3.Model.S3Object found)
    {
        var name = found.Key[settings.Prefix.Length..];
        if (name.Length == 0 || name.EndsWith('/'))
        {
            // What consoles put so that a folder shows.
            return;
        }

        var last = name[(name.LastIndexOf('/') + 1)..];
        if (Array.Exists(name.Split('/'), part => part.StartsWith('.') && part is not ("." or "..")))
        {
            _hiddenCount++;
        }
        else if (last.StartsWith("~$", StringComparison.Ordinal)
            || last.EndsWith(".tmp", StringComparison.OrdinalIgnoreCase))
        {
            _temporaryCount++;
        }
        else if (ItemPath.TryFrom(name) is { } path)
        {
            _items.Add(S3Object.ToItem(path, found.ETag, found.Size ?? 0, found.LastModified));
        }
        else
        {
            _problems.Add(new SourceProblem(
                string.Concat(name.Select(letter => char.IsControl(letter) ? '\uFFFD' : letter)),
                Line: 0,
                IsWarning: false,
                "Its name has an empty part, '.' or '..' between '/': give the object another key, it is not read."));
        }
    }
}
