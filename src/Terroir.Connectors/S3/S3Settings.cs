using Terroir.Connectors.Connecting;
using Terroir.Sources;

namespace Terroir.Connectors.S3;

/// <summary>What is set for a bucket.</summary>
/// <param name="Source">The source's name.</param>
/// <param name="Endpoint">The server; <see langword="null"/> for that of Amazon in the region.</param>
/// <param name="Bucket">The bucket.</param>
/// <param name="Prefix">The beginning of the keys that are read; empty for all.</param>
/// <param name="Region">The region.</param>
/// <param name="IsPathStyle">Whether the bucket stands in the path, not in the server's name.</param>
internal sealed record S3Settings(
    string Source,
    Uri? Endpoint,
    string Bucket,
    string Prefix,
    string Region,
    bool IsPathStyle)
{
    private const string EndpointName = "endpoint";
    private const string BucketName = "bucket";
    private const string PrefixName = "prefix";
    private const string RegionName = "region";
    private const string PathStyleName = "path-style";
    private const string AccessKeyName = "access-key";
    private const string SecretKeyName = "secret-key";
    private const string SessionName = "session-token";
    private const string AuthorityFileName = "ca-file";
    private const string DefaultRegion = "us-east-1";

    private const int BucketLengthMin = 3;
    private const int BucketLengthMax = 63;

    /// <summary>What can be set.</summary>
    public static IReadOnlyList<ConnectorSetting> All { get; } =
    [
        new(BucketName, "The bucket.", "soins") { IsRequired = true },
        new(EndpointName, "The server's address; without it, Amazon's of the region.", "https://s3.chu.example"),
        new(PrefixName, "Read only keys that begin so; paths are what comes after it.", "partage/"),
        new(RegionName, "The region, which is part of every signature.", "eu-west-3") { Default = DefaultRegion },
        new(PathStyleName, "Whether the bucket stands in the path: true or false.", "true")
        {
            Default = "true with an endpoint",
        },
        new(AccessKeyName, "The id of the key; one that may list and get is enough.", "env:S3_ACCESS_KEY")
        {
            IsRequired = true,
            IsSecret = true,
        },
        new(SecretKeyName, "The secret of the key.", "file:keys/s3.key") { IsRequired = true, IsSecret = true },
        new(SessionName, "The token of a key that ends, if it has one.", "file:keys/s3.token") { IsSecret = true },
        new(
            AuthorityFileName,
            "Certificates in PEM: only servers that these sign are believed. Without it, the system's.",
            "/etc/ssl/hospital-ca.pem"),
    ];

    /// <summary>Where the id of the key is kept.</summary>
    public required string AccessKey { get; init; }

    /// <summary>Where its secret is kept.</summary>
    public required string SecretKey { get; init; }

    /// <summary>Where its token is kept; <see langword="null"/> for none.</summary>
    public string? SessionToken { get; init; }

    /// <summary>The authorities that are believed; <see langword="null"/> for the system's.</summary>
    public string? AuthorityFile { get; init; }

    /// <summary>Where it reads, for people.</summary>
    public string Location => Endpoint is null
        ? $"s3://{Bucket}/{Prefix}"
        : $"s3://{Endpoint.Authority}/{Bucket}/{Prefix}";

    /// <summary>Finds what is wrong.</summary>
    public static IReadOnlyList<SettingFault> Check(SourceSettings settings)
    {
        var rules = new SettingRules(settings, All);
        rules.RequirePath(AuthorityFileName);
        rules.RequireWord(PathStyleName, "true", "false");
        if (settings.Find(BucketName) is { Length: > 0 } bucket && !IsBucket(bucket))
        {
            rules.Add(BucketName, "A bucket is named by 3 to 63 of: a-z 0-9 - . _, first a letter or digit.");
        }

        if (settings.Find(PrefixName) is { } prefix && (prefix.StartsWith('/') || prefix.Any(char.IsControl)))
        {
            rules.Add(PrefixName, "Keys begin without '/': write it as in 'partage/'.");
        }

        if (settings.Find(EndpointName) is { Length: > 0 } endpoint && FindFault(endpoint) is { } fault)
        {
            rules.Add(EndpointName, fault);
        }

        return rules.Faults;
    }

    /// <summary>Reads settings without faults.</summary>
    public static S3Settings From(SourceSettings settings)
    {
        var endpoint = settings.Find(EndpointName) is { Length: > 0 } text ? new Uri(text) : null;
        return new S3Settings(
            settings.Source,
            endpoint,
            settings.Get(BucketName),
            settings.Find(PrefixName) ?? "",
            settings.Find(RegionName) is { Length: > 0 } region ? region : DefaultRegion,
            settings.Find(PathStyleName) is { Length: > 0 } style ? style is "true" : endpoint is not null)
        {
            AccessKey = settings.Get(AccessKeyName),
            SecretKey = settings.Get(SecretKeyName),
            SessionToken = settings.Find(SessionName),
            AuthorityFile = settings.Find(AuthorityFileName),
        };
    }

    private static bool IsBucket(string bucket) =>
        bucket.Length is >= BucketLengthMin and <= BucketLengthMax
        && char.IsAsciiLetterOrDigit(bucket[0])
        && bucket.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter)
            || letter is '-' or '.' or '_');

    private static string? FindFault(string endpoint) =>
        !Uri.TryCreate(endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http")
            ? "Write an address that begins with https://."
            : address.UserInfo.Length > 0 || address.AbsolutePath is not "/" || address.Query.Length > 0
                ? "Write the server alone, such as https://s3.chu.example; the bucket and the keys are settings."
                : address.Scheme is "http" && !Reach.IsLoopback(address.Host)
                    ? "Documents would go over the network for all to read. Write https://."
                    : null;
}
