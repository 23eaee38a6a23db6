namespace Terroir.Documents;

/// <summary>One piece of a document in reading order. The kinds are closed: every consumer handles all of
/// them.</summary>
/// <param name="Place">Where the block stands in the original file.</param>
public abstract record Block(SourcePlace Place);

/// <summary>A heading.</summary>
/// <param name="Level">1 (title) to 6.</param>
/// <param name="Text">Plain text without line breaks.</param>
/// <param name="Place">Where it stands.</param>
public sealed record HeadingBlock(int Level, string Text, SourcePlace Place) : Block(Place);

/// <summary>Running text.</summary>
/// <param name="Text">Plain text; a line feed is a line break that the author made, a link is
/// <c>[text](target)</c>.</param>
/// <param name="Place">Where it stands.</param>
public sealed record ParagraphBlock(string Text, SourcePlace Place) : Block(Place);

/// <summary>One item of a list.</summary>
/// <param name="Depth">The nesting, from 0.</param>
/// <param name="Number">The number of an ordered item as the author sees it; <see langword="null"/> for a
/// bullet.</param>
/// <param name="Text">Plain text.</param>
/// <param name="Place">Where it stands.</param>
public sealed record ListItemBlock(int Depth, int? Number, string Text, SourcePlace Place) : Block(Place);

/// <summary>A table.</summary>
/// <param name="Rows">The rows in order; each may have its own length. A merged cell stands in its first place, the
/// others of it are empty; <see cref="TableRow.Spans"/> says which they are.</param>
/// <param name="HeaderRowCount">How many of the first rows are headers; 0 if none is known.</param>
/// <param name="Place">Where it stands.</param>
public sealed record TableBlock(IReadOnlyList<TableRow> Rows, int HeaderRowCount, SourcePlace Place) : Block(Place);

/// <summary>Text whose spaces and line breaks matter.</summary>
/// <param name="Text">The text.</param>
/// <param name="Place">Where it stands.</param>
public sealed record CodeBlock(string Text, SourcePlace Place) : Block(Place);

/// <summary>The words that belong to a picture, a figure or a table: a caption, or the text that stands for it.
/// </summary>
/// <param name="Text">Plain text.</param>
/// <param name="Place">Where it stands.</param>
public sealed record CaptionBlock(string Text, SourcePlace Place) : Block(Place);

/// <summary>The end of a page or slide, where the format tells. It has no text.</summary>
/// <param name="Place">Where the next page begins.</param>
public sealed record PageBreakBlock(SourcePlace Place) : Block(Place);
