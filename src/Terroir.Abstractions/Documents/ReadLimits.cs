namespace Terroir.Documents;

/// <summary>How one file is read: the bounds (it is hostile by assumption), and what of it is kept.</summary>
public sealed record ReadLimits
{
    /// <summary>The limits that the product uses unless a site sets others.</summary>
    public static ReadLimits Default { get; } = new();

    /// <summary>How long one file may take; the default is 20 s.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The largest file, and the most that one file may unpack to, in bytes; the default is 512 MiB.</summary>
    public long SizeMaxBytes { get; init; } = 512L << 20;

    /// <summary>The greatest ratio of unpacked to packed bytes; the default is 100.</summary>
    public int ArchiveRatioMax { get; init; } = 100;

    /// <summary>How deep files may stand inside files; the default is 3.</summary>
    public int DepthMax { get; init; } = 3;

    /// <summary>The most entries of one archive; the default is 10,000.</summary>
    public int EntryCountMax { get; init; } = 10_000;

    /// <summary>How deep elements of markup may stand inside elements; the default is 256.</summary>
    public int NestingMax { get; init; } = 256;

    /// <summary>The largest XML part that is held as a tree, in bytes; the default is 64 MiB.</summary>
    public long XmlSizeMaxBytes { get; init; } = 64L << 20;

    /// <summary>The most cells of one file that hold something; the default is 1,000,000.</summary>
    public int CellCountMax { get; init; } = 1_000_000;

    /// <summary>The most text that one file may yield, in UTF-16 characters; the default is 32 Mi.</summary>
    public int TextLengthMax { get; init; } = 32 << 20;

    /// <summary>Whether menus, banners and footers of web pages are kept; the default is <see langword="false"/>: each
    /// page of a site repeats them.</summary>
    public bool KeepsBoilerplate { get; init; }
}
