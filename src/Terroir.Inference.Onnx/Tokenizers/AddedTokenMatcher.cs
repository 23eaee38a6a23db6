using System.Globalization;
using System.Text;
using Terroir.Inference.Onnx.Tokenizers.Models;

namespace Terroir.Inference.Onnx.Tokenizers;

/// <summary>Finds added tokens: at each place the longest.</summary>
internal sealed class AddedTokenMatcher
{
    private readonly RuneTrie _trie = new();
    private readonly IReadOnlyList<AddedToken> _tokens;

    /// <summary>Makes a matcher.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="spell">Their text as it stands in what is searched.</param>
    public AddedTokenMatcher(IEnumerable<AddedToken> tokens, Func<string, string> spell)
    {
        _tokens = [.. tokens];
        for (var index = 0; index < _tokens.Count; index++)
        {
            _trie.Add(spell(_tokens[index].Content), index);
        }
    }

    /// <summary>Cuts a text at the tokens.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isTemplate">Whether control tokens are found between two byte offsets of the original text.</param>
    /// <returns>The parts that are not empty, each with its token or with none.</returns>
    public IEnumerable<(AddedToken? Token, ReadOnlyMemory<AlignedRune> Part)> Split(
        ReadOnlyMemory<AlignedRune> text,
        Func<int, int, bool> isTemplate)
    {
        var done = 0;
        for (var at = 0; at < text.Length && _tokens.Count > 0;)
        {
            if (FindLongest(text.Span, at, isTemplate) is not var (token, length))
            {
                at++;
                continue;
            }

            var (start, end) = Extend(text.Span, token, at, at + length, done);
            at = end;
            if (start > done)
            {
                yield return (null, text[done..start]);
            }

            yield return (token, text[start..end]);
            done = end;
        }

        if (done < text.Length)
        {
            yield return (null, text[done..]);
        }
    }

    private static (int Start, int End) Extend(
        ReadOnlySpan<AlignedRune> text,
        AddedToken token,
        int start,
        int end,
        int done)
    {
        while (token.IsLeftStripped && start > done && AlignedText.IsWhiteSpace(text[start - 1]))
        {
            start--;
        }

        while (token.IsRightStripped && end < text.Length && AlignedText.IsWhiteSpace(text[end]))
        {
            end++;
        }

        return (start, end);
    }

    private static bool IsWord(AlignedRune rune) => Rune.IsLetterOrDigit(rune.Value)
        || Rune.GetUnicodeCategory(rune.Value) is UnicodeCategory.NonSpacingMark
            or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.ConnectorPunctuation;

    private (AddedToken Token, int Length)? FindLongest(
        ReadOnlySpan<AlignedRune> text,
        int start,
        Func<int, int, bool> isTemplate)
    {
        (AddedToken, int)? found = null;
        var node = RuneTrie.Root;
        for (var end = start; end < text.Length && _trie.TryStep(ref node, text[end].Value); end++)
        {
            if (_trie.FindValue(node) is { } index
                && (!_tokens[index].IsControl || isTemplate(text[start].Start, text[end].End)))
            {
                found = (_tokens[index], end + 1 - start);
            }
        }

        return found is var (token, length) && token.IsSingleWord
            && ((start > 0 && IsWord(text[start - 1]))
                || (start + length < text.Length && IsWord(text[start + length])))
            ? null
            : found;
    }
}
