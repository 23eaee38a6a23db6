namespace Terroir.Web.Pages;

/// <summary>Why somebody could not sign in.</summary>
public enum SignInFault
{
    /// <summary>Nobody tried.</summary>
    None,

    /// <summary>The name, the password or the key is not valid.</summary>
    Refused,

    /// <summary>There were too many failures of late.</summary>
    TooMany,

    /// <summary>The identity provider did not say who they are, or not in a way that counts.</summary>
    Unproven,

    /// <summary>The identity provider knows them, and this site does not.</summary>
    NoAccount,

    /// <summary>The identity provider does not answer.</summary>
    ProviderAway,
}
