namespace Terroir.Storage;

/// <summary>One change of accounts or groups: one of the records below.</summary>
public abstract record IdentityChange
{
    private protected IdentityChange()
    {
    }
}

/// <summary>A new account, which has nothing that is left of an earlier one of its id: no password, key or membership.
/// </summary>
/// <param name="Account">The account.</param>
public sealed record AccountAdded(Account Account) : IdentityChange;

/// <summary>All of an account is other. One that may not enter loses its sessions.</summary>
/// <param name="Account">The account.</param>
public sealed record AccountChanged(Account Account) : IdentityChange;

/// <summary>An account is gone, with its credentials, keys, sessions and memberships.</summary>
/// <param name="Id">Whose.</param>
public sealed record AccountRemoved(string Id) : IdentityChange;

/// <summary>A group is new, or all of it is other.</summary>
/// <param name="Group">The group.</param>
public sealed record GroupSaved(AccountGroup Group) : IdentityChange;

/// <summary>A group is gone, also from the groups that it was in.</summary>
/// <param name="Id">Which.</param>
public sealed record GroupRemoved(string Id) : IdentityChange;
