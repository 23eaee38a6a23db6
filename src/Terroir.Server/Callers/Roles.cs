namespace Terroir.Server.Callers;

/// <summary>What a person may do besides being known. A person may have several.</summary>
[Flags]
internal enum Roles
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Ask, search and read, as far as permissions reach.</summary>
    Reader = 1,

    /// <summary>Look after collections: quality and sources.</summary>
    Steward = 2,

    /// <summary>Run the site: sources, quarantine, state.</summary>
    Operator = 4,

    /// <summary>Check the ledger and receipts.</summary>
    Auditor = 8,

    /// <summary>Manage accounts, keys and sessions; sees settings and no content.</summary>
    Administrator = 16,

    /// <summary>Any of them.</summary>
    Any = Reader | Steward | Operator | Auditor | Administrator,
}
