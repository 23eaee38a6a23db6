namespace Terroir.Answers.Extractive;

/// <summary>A span of a passage that can be an answer, with what stands around it.</summary>
/// <param name="Start">Its first character in the passage's text.</param>
/// <param name="End">The character after the last.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Text">What a person is shown: without marks, a row as pairs of header and cell.</param>
/// <param name="Lead">What introduces it: the sentence before a list, the header of a table; may be empty.</param>
/// <param name="Before">The sentence before it in the same paragraph; may be empty.</param>
internal sealed record Unit(int Start, int End, UnitKind Kind, string Text, string Lead, string Before = "");

/// <summary>What a unit is.</summary>
internal enum UnitKind
{
    /// <summary>A sentence, in running text or in an item.</summary>
    Sentence,

    /// <summary>A row of a table.</summary>
    Row,

    /// <summary>A whole list, or all rows of a table.</summary>
    List,
}
