namespace Terroir.Access;

/// <summary>What decides whether a user may read a document.</summary>
public enum AccessReason
{
    /// <summary>An entry allows them, and none denies.</summary>
    Allowed,

    /// <summary>An entry denies them, whatever else allows.</summary>
    Denied,

    /// <summary>Others are allowed, and they are none of them.</summary>
    NotAllowed,

    /// <summary>Nobody is allowed.</summary>
    NobodyAllowed,

    /// <summary>The directory has no such user.</summary>
    UserUnknown,
}
