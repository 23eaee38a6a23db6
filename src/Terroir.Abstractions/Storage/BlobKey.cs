using System.Globalization;

namespace Terroir.Storage;

/// <summary>The name of an object in the object store.</summary>
/// <remarks>Four forms: <c>b/ab/abcd…</c> for content (the digits are the SHA-256 of the stored bytes),
/// <c>m/SITE/COLLECTION/GENERATION</c> for a manifest, the generation in 20 digits so that names sort by it,
/// <c>l/SITE/NAME</c> for a file of the ledger, and <c>a/SITE/NAME</c> for what belongs to the ledger and is
/// confidential: receipts with what opens them, and keys of pseudonyms. <c>default</c> is no key.</remarks>
public readonly record struct BlobKey
{
    /// <summary>The greatest length of a site's id in characters.</summary>
    public const int SiteLengthMax = 64;

    /// <summary>The greatest length of a name in the ledger in characters.</summary>
    public const int NameLengthMax = 128;

    private const string CheckpointName = "checkpoint";
    private const string CosignedName = "checkpoint.cosigned";
    private const string ContradictingName = "checkpoint.contradicting";
    private const string MinimumName = "minimum-index";

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

    /// <summary>Whether an object of this key may be replaced: only the ledger's checkpoint, those that witnesses saw,
    /// and its minimum index.</summary>
    public bool IsReplaceable => Value.Split('/')
        is ["l", _, CheckpointName or CosignedName or ContradictingName or MinimumName];

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

    /// <summary>The key of a file of the ledger.</summary>
    /// <param name="site">The site's id.</param>
    /// <param name="name">The file's name: parts of <c>a-z 0-9 - .</c> with slashes between them; <c>checkpoint</c>, or
    /// the name of a tile.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentException">The site or the name has another form.</exception>
    public static BlobKey ForLedger(string site, string name) => Named("l", site, name);

    /// <summary>The key of something confidential that belongs to the ledger.</summary>
    /// <param name="site">The site's id.</param>
    /// <param name="name">The name: parts of <c>a-z 0-9 - .</c> with slashes between them.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentException">The site or the name has another form.</exception>
    public static BlobKey ForAudit(string site, string name) => Named("a", site, name);

    /// <summary>Reads a key that a store listed.</summary>
    /// <param name="value">The text.</param>
    /// <param name="key">The key; <c>default</c> when the result is <see langword="false"/>.</param>
    /// <returns>Whether it was one of the four forms.</returns>
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
        var isNamed = parts is ["l" or "a", var owner, .. var name] && IsSite(owner) && IsName(name);
        var isKey = isContent || isManifest || isNamed;
        key = isKey ? new BlobKey(value) : default;
        return isKey;
    }

    /// <summary>Returns <see cref="Value"/>.</summary>
    public override string ToString() => Value;

    private static BlobKey Named(string prefix, string site, string name) => IsSite(site) && IsName(name.Split('/'))
        ? new BlobKey($"{prefix}/{site}/{name}")
        : throw new ArgumentException("A name has parts of: a-z 0-9 - .", nameof(name));

    private static bool IsName(string[] parts) =>
        parts.Length > 0
        && parts.Sum(part => part.Length + 1) <= NameLengthMax
        && parts.All(part => part.Length > 0 && part[0] != '.' && part.All(c =>
            char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.'));

    private static bool IsSite(string site) =>
        site.Length is > 0 and <= SiteLengthMax
        && site.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
