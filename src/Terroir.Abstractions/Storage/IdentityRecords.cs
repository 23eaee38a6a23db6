namespace Terroir.Storage;

/// <summary>The people, groups and keys of the identity store at one moment.</summary>
/// <param name="Revision">Rises with every change of them.</param>
/// <param name="Accounts">Who is kept, by id.</param>
/// <param name="Groups">The groups with their members, by id.</param>
/// <param name="Keys">The API keys, by id.</param>
public sealed record IdentityRecords(
    long Revision,
    IReadOnlyList<Account> Accounts,
    IReadOnlyList<AccountGroup> Groups,
    IReadOnlyList<ApiKey> Keys)
{
    /// <summary>Nobody.</summary>
    public static IdentityRecords Empty { get; } = new(0, [], [], []);

    /// <summary>Who opened access in an emergency: all that are open, and some that have ended.</summary>
    public IReadOnlyList<EmergencyOpening> Emergencies { get; init; } = [];
}

/// <summary>Somebody of the identity store.</summary>
/// <param name="Id">The id, such as <c>nadia.benali</c>; never changes.</param>
public sealed record Account(string Id)
{
    /// <summary>The origin of who is defined in <c>directory.yaml</c>: the account keeps only whether they may enter.
    /// </summary>
    public const string FromDirectory = "directory";

    /// <summary>The origin of who was added on the command line.</summary>
    public const string FromOperator = "operator";

    /// <summary>The origin of who was provisioned over SCIM.</summary>
    public const string FromScim = "scim";

    /// <summary>The origin of who came with a token of the identity provider.</summary>
    public const string FromProvider = "oidc";

    /// <summary>Who keeps the account: one of the four.</summary>
    public string Origin { get; init; } = FromOperator;

    /// <summary>The name that is shown; may be empty.</summary>
    public string Name { get; init; } = "";

    /// <summary>The function that is shown; may be empty.</summary>
    public string Title { get; init; } = "";

    /// <summary>Whether they may ask and sign in.</summary>
    public bool IsActive { get; init; } = true;

    /// <summary>What whoever provisions calls them; may be empty.</summary>
    public string ExternalId { get; init; } = "";

    /// <summary>When the account was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset ChangedAt { get; init; }
}

/// <summary>A group of the identity store.</summary>
/// <param name="Id">The id, such as <c>urgences</c>; never changes.</param>
public sealed record AccountGroup(string Id)
{
    /// <summary>The name that is shown; may be empty.</summary>
    public string Name { get; init; } = "";

    /// <summary>What whoever provisions calls it; may be empty.</summary>
    public string ExternalId { get; init; } = "";

    /// <summary>When the group was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>Who belongs to it, by principal.</summary>
    public IReadOnlyList<GroupMember> Members { get; init; } = [];
}

/// <summary>Somebody or some group that belongs to a group.</summary>
/// <param name="Principal"><c>user:ID</c> or <c>group:ID</c>.</param>
/// <param name="Until">When that ends; <see langword="null"/> for never.</param>
public sealed record GroupMember(string Principal, DateTimeOffset? Until = null);

/// <summary>An API key as it is kept: its hash, and what it may be used for.</summary>
/// <param name="Id">What it is called in lists; not secret.</param>
/// <param name="Hash">SHA-256 of the key.</param>
/// <param name="User">The id of whose key it is.</param>
public sealed record ApiKey(string Id, ContentHash Hash, string User)
{
    /// <summary>What it may be used for, such as <c>search</c>.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>The collections that it reaches; empty for all that its user reaches.</summary>
    public IReadOnlyList<string> Collections { get; init; } = [];

    /// <summary>The sources that it may push documents to.</summary>
    public IReadOnlyList<string> PushSources { get; init; } = [];

    /// <summary>What it is for, in its owner's words; may be empty.</summary>
    public string Note { get; init; } = "";

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ends; <see langword="null"/> for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>Somebody who signed in.</summary>
/// <param name="Id">SHA-256 of the token that the browser holds.</param>
/// <param name="User">The id of who signed in.</param>
public sealed record Session(ContentHash Id, string User)
{
    /// <summary>How they proved who they are: <c>password</c>, <c>key</c> or <c>oidc</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The hash of the API key that the session stands on; <see langword="null"/> if none.</summary>
    public ContentHash? Key { get; init; }

    /// <summary>Groups that the identity provider named, as ids of groups here.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>When it began.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ends by itself.</summary>
    public DateTimeOffset ExpiresAt { get; init; }
}
