namespace Terroir;

/// <summary>Another version of the program wrote an index segment. Code <c>TER2001</c>.</summary>
public sealed class SegmentUnsupportedException : TerroirException
{
    /// <summary>Creates the error for one segment.</summary>
    /// <param name="version">The layout that the segment names.</param>
    /// <param name="analysis">The text analysis that the segment names.</param>
    public SegmentUnsupportedException(int version, int analysis)
        : base("TER2001", isTransient: false, Describe(version, analysis), innerException: null)
    {
        Version = version;
        Analysis = analysis;
    }

    /// <summary>The layout that the segment names.</summary>
    public int Version { get; }

    /// <summary>The text analysis that the segment names.</summary>
    public int Analysis { get; }

    private static string Describe(int version, int analysis) =>
        $"An index segment has layout {version} and text analysis {analysis}, which this program does not read. "
        + "Run the version of terroir that wrote it, or synchronise the sources into a new site.";
}
