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
}
