using System.Runtime.InteropServices;

namespace Terroir.Answers;

/// <summary>A piece of canonical text.</summary>
/// <param name="Start">Its first character, never a space.</param>
/// <param name="End">The character after its last, which is no space.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Line">The line that it stands in, from 0.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Piece(int Start, int End, PieceKind Kind, int Line);

/// <summary>What a piece is.</summary>
internal enum PieceKind
{
    /// <summary>Marks without words: of a list item or heading, the rule of a table, a fence.</summary>
    Markup,

    /// <summary>A sentence of running text.</summary>
    Sentence,

    /// <summary>A sentence of a list item, its mark left out.</summary>
    Item,

    /// <summary>A row of a table with its bars.</summary>
    Row,

    /// <summary>A heading, its mark left out.</summary>
    Heading,
}
