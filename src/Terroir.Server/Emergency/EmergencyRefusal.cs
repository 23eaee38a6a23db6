namespace Terroir.Server.Emergency;

/// <summary>Why access in an emergency was not opened.</summary>
internal enum EmergencyRefusal
{
    /// <summary>It was opened.</summary>
    None,

    /// <summary>There is no such rule for this person, or they came with a key for some collections.</summary>
    NotForThem,

    /// <summary>The reason is too short or too long.</summary>
    Reason,

    /// <summary>It is open.</summary>
    OpenAlready,

    /// <summary>They opened it too often.</summary>
    TooOften,
}
