namespace Terroir.Documents;

/// <summary>Where something stands in the original file. Only what the format has is set.</summary>
/// <remarks>Immutable. An empty place means the file as a whole.</remarks>
public sealed record SourcePlace
{
    /// <summary>The file as a whole.</summary>
    public static SourcePlace Whole { get; } = new();

    /// <summary>The page of a PDF, from 1.</summary>
    public int? Page { get; init; }

    /// <summary>The box on that page, in points from its lower left corner.</summary>
    public PageBox? Box { get; init; }

    /// <summary>The paragraph of a text document, from 1.</summary>
    public int? Paragraph { get; init; }

    /// <summary>The sheet of a workbook.</summary>
    public string? Sheet { get; init; }

    /// <summary>The cells of that sheet, such as <c>B2:D9</c>.</summary>
    public string? Cells { get; init; }

    /// <summary>The slide of a presentation, from 1.</summary>
    public int? Slide { get; init; }

    /// <summary>The line of a text or CSV file, from 1.</summary>
    public int? Line { get; init; }

    /// <summary>The byte range in a text file: first byte, and the byte after the last.</summary>
    public ByteRange? Bytes { get; init; }
}
