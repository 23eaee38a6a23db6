namespace Terroir.Ingestion.Permissions.Ntfs;

/// <summary>SIDs that mean the same on every system of Windows (MS-DTYP 2.4.2.4).</summary>
internal static class NtfsSid
{
    /// <summary>Everyone.</summary>
    public const string Everyone = "S-1-1-0";

    /// <summary>The owner of the very file.</summary>
    public const string OwnerRights = "S-1-3-4";
}
