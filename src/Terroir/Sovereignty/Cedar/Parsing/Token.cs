namespace Terroir.Sovereignty.Cedar;

/// <summary>A token.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Text">As written; of a string with its quotation marks and escapes.</param>
/// <param name="Start">Where it begins, in UTF-16 units from 0.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Start)
{
    public int End => Start + Text.Length;

    public bool Is(string symbol) =>
        Kind is TokenKind.Symbol or TokenKind.Name && string.Equals(Text, symbol, StringComparison.Ordinal);
}
