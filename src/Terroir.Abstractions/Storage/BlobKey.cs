using System.Globalization;

namespace Terroir.Storage;

/// <summary>The name of an object in the object store.</summary>
/// <remarks>Two forms: <c>b/ab/abcd…</c> for content (the digits are the SHA-256 of the stored bytes) and
/// <c>m/SITE/COLLECTION/GENERATION</c> for a manifest, the generation in 20 digits so that names sort by it.
/// <c>default</c> is no key.</remarks>
public readonly record struct BlobKey
{
    /// <summary>The greatest length of a site's id in characters.</summary>
    public const int SiteLengthMax = 64;

    private readonly string? _value;

    private BlobKey(string value) => _value = value;

    /// <summary>The key as text; empty for <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>The content's hash, or <c>default</c> when the key names a manifest.</summary>
    public ContentHash Content =>
        Value.StartsWith("b/", StringComparison.Ordinal) && ContentHash.TryParse(Value[5..], out var hash)
            ? hash
            : default;

    /// <summary>The collection and the generation whose manifest the key names, or <see langword="null"/> when it names
    /// content.</summary>
    public (CollectionId Collection, long Generation)? Manifest =>
        Value.Split('/') is ["m", _, var collection, var generation]
            ? (new CollectionId(collection), long.Parse(generation, CultureInfo.InvariantCulture))
            : null;

    /// <summary>The prefix of every manifest of a collection.</summary>
    /// <param name="site">The site's id: 1 to 64 of <c>a-z 0-9 -</c>.</param>
    /// <param name="collection">The collection.</param>
    /// <returns>The prefix, with a slash at its end.</returns>
    /// <exception cref="ArgumentException">The site's id has another length or other characters: a store would not list
    /// what has such a name.</exception>
    public static string ManifestPrefix(string site, CollectionId collection) => IsSite(site)
        ? $"m/{site}/{collection.Value}/"
        : throw new ArgumentException($"A site is named by 1 to {SiteLengthMax} of: a-z 0-9 -.", nameof(site));

    /// <summary>The key of some content.</summary>
    /// <param name="hash">The hash of the stored bytes.</param>
    /// <returns>The key.</returns>
    public static BlobKey ForContent(ContentHash hash) => new($"b/{hash.Hex[..2]}/{hash.Hex}");

    /// <summary>The key of a generation's manifest.</summary>
    /// <param name="site">The site's id.</param>
    /// <param name="collection">The collection.</param>
    /// <param name="generation">The generation; positive.</param>
    /// <returns>The key.</returns>
    public static BlobKey ForManifest(string site, CollectionId collection, long generation) =>
        new($"{ManifestPrefix(site, collection)}{generation:D20}");

    /// <summary>Reads a key that a store listed.</summary>
    /// <param name="value">The text.</param>
    /// <param name="key">The key; <c>default</c> when the result is <see langword="false"/>.</param>
    /// <returns>Whether it was one of the two forms.</returns>
    public static bool TryParse(string value, out BlobKey key)
    {
        var parts = value.Split('/');
        var isContent = parts is ["b", { Length: 2 } fan, var hex]
            && ContentHash.TryParse(hex, out var hash)
            && hash.Hex.StartsWith(fan, StringComparison.Ordinal);
        var isManifest = parts is ["m", var site, var collection, { Length: 20 } generation]
            && IsSite(site)
            && CollectionId.IsValid(collection)
            && generation.All(char.IsAsciiDigit);
        key = isContent || isManifest ? new BlobKey(value) : default;
        return isContent || isManifest;
    }

    /// <summary>Returns <see cref="Value"/>.</summary>
    public override string ToString() => Value;

    private static bool IsSite(string site) =>
        site.Length is > 0 and <= SiteLengthMax
        && site.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
