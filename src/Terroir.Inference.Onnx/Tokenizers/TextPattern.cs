using System.Text;
using System.Text.RegularExpressions;

namespace Terroir.Inference.Onnx.Tokenizers;

/// <summary>A text or a regular expression that a vocabulary searches for.</summary>
internal sealed class TextPattern
{
    private readonly Rune[]? _literal;
    private readonly Regex? _expression;

    private TextPattern(Rune[]? literal, Regex? expression) => (_literal, _expression) = (literal, expression);

    /// <summary>A text as it is; not empty.</summary>
    public static TextPattern Literal(string text) => new([.. text.EnumerateRunes()], null);

    /// <summary>A regular expression.</summary>
    /// <exception cref="ArgumentException">It is not one of .NET.</exception>
    public static TextPattern Expression(string pattern) =>
        new(null, new Regex(pattern, RegexOptions.CultureInvariant, TokenizerLimits.PatternTimeout));

    /// <summary>Finds the places, ascending and apart, as indices of code points.</summary>
    public IEnumerable<(int Start, int End)> Find(ReadOnlyMemory<AlignedRune> text) =>
        _literal is null ? FindExpression(text) : FindLiteral(text, _literal);

    private static IEnumerable<(int Start, int End)> FindLiteral(ReadOnlyMemory<AlignedRune> text, Rune[] literal)
    {
        for (var start = 0; start <= text.Length - literal.Length;)
        {
            if (StartsWith(text.Span[start..], literal))
            {
                yield return (start, start + literal.Length);
                start += literal.Length;
            }
            else
            {
                start++;
            }
        }
    }

    private static bool StartsWith(ReadOnlySpan<AlignedRune> text, Rune[] literal)
    {
        for (var index = 0; index < literal.Length; index++)
        {
            if (text[index].Value != literal[index])
            {
                return false;
            }
        }

        return true;
    }

    private IEnumerable<(int Start, int End)> FindExpression(ReadOnlyMemory<AlignedRune> text)
    {
        var shape = AlignedText.Shape(text.Span);
        for (var match = _expression!.Match(shape); match.Success; match = match.NextMatch())
        {
            if (match.Length > 0)
            {
                yield return (match.Index, match.Index + match.Length);
            }
        }
    }
}
