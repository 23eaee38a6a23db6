namespace Terroir.Sovereignty.Cedar;

/// <summary>The kinds of tokens.</summary>
internal enum TokenKind
{
    End,
    Name,
    Integer,
    String,
    Slot,
    Symbol,
}
