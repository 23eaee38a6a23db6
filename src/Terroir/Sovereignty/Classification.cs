namespace Terroir.Sovereignty;

/// <summary>How much harm it does if a text becomes known; each level holds those before it.</summary>
public enum Classification
{
    /// <summary>Anybody may know it.</summary>
    Public = 0,

    /// <summary>For everybody of the organisation.</summary>
    Internal = 1,

    /// <summary>For those who need it.</summary>
    Confidential = 2,

    /// <summary>For named persons; it never leaves the site.</summary>
    Secret = 3,
}
