namespace Terroir.Access;

/// <summary>An API key by its hash: whose it is, and what it may be used for.</summary>
/// <param name="Hash">SHA-256 of the key.</param>
/// <param name="User">The id of the user whose key it is.</param>
public sealed record DirectoryKey(ContentHash Hash, string User)
{
    /// <summary>The sources that it may push documents to.</summary>
    public IReadOnlyList<string> PushSources { get; init; } = [];

    /// <summary>What it may be used for; <see langword="null"/> for all that its user may do.</summary>
    public IReadOnlySet<string>? Scopes { get; init; }

    /// <summary>The collections that it reaches; <see langword="null"/> for all that its user reaches.</summary>
    public IReadOnlySet<string>? Collections { get; init; }
}
