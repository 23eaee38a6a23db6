namespace Terroir.Documents;

/// <summary>A span of a version's canonical text: the unit of retrieval and of citation.</summary>
public sealed record Passage
{
    /// <summary>The number within the document, from 0 in reading order.</summary>
    public required int Ordinal { get; init; }

    /// <summary>The first byte in the canonical text (UTF-8), on a character boundary.</summary>
    public required int Start { get; init; }

    /// <summary>The byte after the last.</summary>
    public required int End { get; init; }

    /// <summary>The headings above it, outermost first; may be empty.</summary>
    public IReadOnlyList<string> Headings { get; init; } = [];

    /// <summary>The language as an ISO 639-1 code; empty if unknown.</summary>
    public string Language { get; init; } = "";

    /// <summary>The places of its blocks, by ascending <see cref="PlacedSpan.Start"/>; at least one.</summary>
    public required IReadOnlyList<PlacedSpan> Places { get; init; }

    /// <summary>The tables that it holds rows of, in order; <see langword="null"/> in passages that were cut before
    /// tables were kept.</summary>
    public IReadOnlyList<PassageTable>? Tables { get; init; }

    /// <summary>Finds where a byte of the passage stands in the original.</summary>
    /// <param name="offset">An offset in the canonical text, from <see cref="Start"/> to <see cref="End"/>.</param>
    /// <returns>The place of the last span that starts at or before it.</returns>
    public SourcePlace PlaceOf(int offset) =>
        (Places.LastOrDefault(span => span.Start <= offset) ?? Places[0]).Place;
}

/// <summary>A span of canonical text and where it came from.</summary>
/// <param name="Start">The first byte in the canonical text.</param>
/// <param name="End">The byte after the last.</param>
/// <param name="Place">The place in the original.</param>
public sealed record PlacedSpan(int Start, int End, SourcePlace Place);

/// <summary>What a passage holds of a table. Offsets are bytes of the canonical text.</summary>
/// <param name="Start">The first byte of its rows in the passage.</param>
/// <param name="End">The byte after the last.</param>
/// <param name="HeaderStart">The first byte of the table's header rows, which may stand before the passage.</param>
/// <param name="HeaderEnd">The byte after the last, with the rule under the first row; equal to
/// <paramref name="HeaderStart"/> if the table has no header.</param>
public sealed record PassageTable(int Start, int End, int HeaderStart, int HeaderEnd)
{
    /// <summary>A longer header is neither indexed with the rows nor shown with them.</summary>
    public const int HeaderSizeMaxBytes = 2_000;

    /// <summary>Whether its rows have column names that can be shown.</summary>
    public bool HasNames => HeaderEnd > HeaderStart && HeaderEnd - HeaderStart <= HeaderSizeMaxBytes;
}
