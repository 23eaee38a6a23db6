namespace Terroir.Provenance.Erasures;

/// <summary>What an erasure on a site does not reach, by the names in its certificate.</summary>
public static class Reach
{
    /// <summary>What was printed.</summary>
    public const string Paper = "paper";

    /// <summary>The folders, mailboxes and databases that the documents came from.</summary>
    public const string Sources = "source-systems";

    /// <summary>Other sites that have copies.</summary>
    public const string OtherSites = "other-sites";

    /// <summary>Answers, exports and extracts that were handed out.</summary>
    public const string HandedOut = "handed-out";

    /// <summary>Backups that were not given to the erasure: they stay readable to who has a key from before
    /// it.</summary>
    public const string OtherBackups = "other-backups";

    /// <summary>A master key from before, or a passphrase that did not change.</summary>
    public const string FormerMasterKey = "former-master-key";

    /// <summary>Backups that hold unsealed content.</summary>
    public const string UnsealedBackups = "unsealed-backups";

    /// <summary>What a disk keeps of deleted files.</summary>
    public const string FreeSpace = "free-space-of-disks";

    /// <summary>Memory of running processes, until they end.</summary>
    public const string Memory = "memory-of-processes";
}
