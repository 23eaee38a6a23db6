using System.Globalization;
using System.Runtime.InteropServices;
using Terroir.Sources;

namespace Terroir.Ingestion.Folder;

/// <summary>The status of a file or folder, as <c>statx</c> tells it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Mode">The twelve bits of its mode.</param>
/// <param name="Owner">The number of its owner.</param>
/// <param name="Group">The number of its group.</param>
/// <param name="Inode">Its number within its file system.</param>
/// <param name="SizeBytes">Its size.</param>
/// <param name="ModifiedNs">When its content was last changed, in nanoseconds since 1970.</param>
/// <param name="ChangedNs">When its content, mode, owner or names were last changed, likewise.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FileStatus(
    FileKind Kind,
    int Mode,
    uint Owner,
    uint Group,
    ulong Inode,
    long SizeBytes,
    long ModifiedNs,
    long ChangedNs)
{
    private const int OwnerOffset = 20;
    private const int GroupOffset = 24;
    private const int ModeOffset = 28;
    private const int InodeOffset = 32;
    private const int SizeOffset = 40;
    private const int ChangedOffset = 96;
    private const int ModifiedOffset = 112;
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>When its content was last changed.</summary>
    public DateTimeOffset ModifiedAt =>
        DateTimeOffset.UnixEpoch.AddTicks(Math.Clamp(ModifiedNs / TimeSpan.NanosecondsPerTick, MinTicks, MaxTicks));

    /// <summary>What changes when the content may have changed: size, time of the last change, inode.</summary>
    public string Fingerprint => string.Create(CultureInfo.InvariantCulture, $"{SizeBytes}-{ModifiedNs}-{Inode}");

    /// <summary>The file as an item of a source.</summary>
    public ListedItem ToItem(string path, ItemReaders readers) => new()
    {
        Path = path,
        Fingerprint = Fingerprint,
        SizeBytes = SizeBytes,
        ModifiedAt = ModifiedAt,
        Readers = readers,
    };

    private static long MinTicks => DateTimeOffset.MinValue.Ticks - DateTimeOffset.UnixEpoch.Ticks;

    private static long MaxTicks => DateTimeOffset.MaxValue.Ticks - DateTimeOffset.UnixEpoch.Ticks;

    /// <summary>Reads the system's structure, which is the same on all processors.</summary>
    public static FileStatus Parse(ReadOnlySpan<byte> status)
    {
        var mode = MemoryMarshal.Read<ushort>(status[ModeOffset..]);
        return new FileStatus(
            (mode & 0xF000) switch
            {
                0x8000 => FileKind.File,
                0x4000 => FileKind.Folder,
                0xA000 => FileKind.Link,
                _ => FileKind.Special,
            },
            mode & 0xFFF,
            MemoryMarshal.Read<uint>(status[OwnerOffset..]),
            MemoryMarshal.Read<uint>(status[GroupOffset..]),
            MemoryMarshal.Read<ulong>(status[InodeOffset..]),
            MemoryMarshal.Read<long>(status[SizeOffset..]),
            ReadTime(status[ModifiedOffset..]),
            ReadTime(status[ChangedOffset..]));
    }

    // Seconds and nanoseconds; a time that does not fit stays different from others.
    private static long ReadTime(ReadOnlySpan<byte> time) => unchecked(
        (MemoryMarshal.Read<long>(time) * NanosecondsPerSecond) + MemoryMarshal.Read<uint>(time[sizeof(long)..]));
}

/// <summary>What has a name in a folder.</summary>
internal enum FileKind
{
    /// <summary>A file with bytes.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A symbolic link.</summary>
    Link,

    /// <summary>A pipe, socket or device: opening one may block or do something.</summary>
    Special,
}
