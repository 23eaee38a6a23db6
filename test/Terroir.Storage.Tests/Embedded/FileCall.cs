namespace Terroir.Storage.Tests.Embedded;

/// <summary>A system call of the durable file writer.</summary>
public enum FileCall
{
    /// <summary>A file is created.</summary>
    Create,

    /// <summary>Bytes are written.</summary>
    Write,

    /// <summary>The mode is set.</summary>
    SetMode,

    /// <summary>A file is synced.</summary>
    Sync,

    /// <summary>A folder is synced.</summary>
    SyncFolder,

    /// <summary>A second name is given.</summary>
    Link,

    /// <summary>A name takes the place of another.</summary>
    Rename,

    /// <summary>A name is removed.</summary>
    Delete,
}
