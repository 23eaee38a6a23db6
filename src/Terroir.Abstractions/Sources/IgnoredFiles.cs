namespace Terroir.Sources;

/// <summary>What was left out by rule; see <c>docs/features/ingestion.md</c>. A folder counts once, whatever is in it.
/// </summary>
/// <param name="HiddenCount">Files and folders whose name begins with a dot.</param>
/// <param name="TemporaryCount">Files that programs leave while they work: <c>~$*</c> and <c>*.tmp</c>.</param>
/// <param name="LinkCount">Symbolic links.</param>
/// <param name="SpecialCount">Pipes, sockets and devices.</param>
/// <param name="PermissionCount">Files that say who may read: <c>permissions.yaml</c>.</param>
public sealed record IgnoredFiles(
    int HiddenCount,
    int TemporaryCount,
    int LinkCount,
    int SpecialCount,
    int PermissionCount)
{
    /// <summary>Nothing was left out.</summary>
    public static IgnoredFiles None { get; } = new(0, 0, 0, 0, 0);

    /// <summary>All of them.</summary>
    public int Count => HiddenCount + TemporaryCount + LinkCount + SpecialCount + PermissionCount;
}
