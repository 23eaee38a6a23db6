namespace Terroir.Access;

/// <summary>What an API key may be used for.</summary>
public static class KeyScopes
{
    /// <summary>Ask questions, and read one's conversations and receipts.</summary>
    public const string Ask = "ask";

    /// <summary>Search.</summary>
    public const string Search = "search";

    /// <summary>Read documents.</summary>
    public const string Read = "read";

    /// <summary>Put documents into push sources.</summary>
    public const string Push = "push";

    /// <summary>See the state of the site, as far as the roles of the user reach.</summary>
    public const string Status = "status";

    /// <summary>Decide on requests for approval, and manage accounts and sessions, as far as the roles of the user
    /// reach.</summary>
    public const string Administer = "admin";

    /// <summary>Provision accounts and groups over SCIM.</summary>
    public const string Provision = "scim";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Ask, Search, Read, Push, Status, Administer, Provision];
}
