using System.Globalization;

namespace Terroir.Inference.Onnx.Tokenizers.Models;

/// <summary>What a model does with a code point that no token holds: it writes its bytes, if the vocabulary has a token
/// for each, else the token for the unknown, else nothing.</summary>
internal sealed class UnknownText
{
    private readonly int[]? _bytes;
    private readonly int? _id;
    private readonly bool _isFused;

    /// <summary>Makes it.</summary>
    /// <param name="vocabulary">The vocabulary.</param>
    /// <param name="id">The token for the unknown; none if there is none.</param>
    /// <param name="isByBytes">Whether bytes are written. All 256 tokens <c>&lt;0x00&gt;</c> to <c>&lt;0xFF&gt;</c>
    /// have to be there for that.</param>
    /// <param name="isFused">Whether neighbours become one token.</param>
    public UnknownText(Vocabulary vocabulary, int? id, bool isByBytes, bool isFused)
    {
        _id = id;
        _isFused = isFused;
        if (isByBytes)
        {
            var bytes = new int[256];
            _bytes = Enumerable.Range(0, bytes.Length).All(value => vocabulary.TryFind(Spell(value), out bytes[value]))
                ? bytes
                : null;
        }
    }

    /// <summary>The spelling of the token of a byte.</summary>
    public static string Spell(int value) => string.Create(CultureInfo.InvariantCulture, $"<0x{value:X2}>");

    /// <summary>Adds what stands for a code point.</summary>
    /// <param name="rune">The code point.</param>
    /// <param name="tokens">The tokens so far.</param>
    /// <param name="isAfterUnknown">Whether the token before is the unknown one of the same piece.</param>
    /// <returns>Whether the token for the unknown was written.</returns>
    public bool Add(AlignedRune rune, List<Token> tokens, bool isAfterUnknown)
    {
        if (_bytes is not null)
        {
            AddBytes(rune, tokens);
            return false;
        }

        if (_id is not { } id)
        {
            return false;
        }

        if (_isFused && isAfterUnknown)
        {
            tokens[^1] = tokens[^1] with { End = rune.End };
        }
        else
        {
            tokens.Add(new Token(id, rune.Start, rune.End));
        }

        return true;
    }

    private void AddBytes(AlignedRune rune, List<Token> tokens)
    {
        Span<byte> bytes = stackalloc byte[4];
        var size = rune.Value.EncodeToUtf8(bytes);
        var isExact = rune.End - rune.Start == size;
        for (var index = 0; index < size; index++)
        {
            tokens.Add(new Token(
                _bytes![bytes[index]],
                isExact ? rune.Start + index : rune.Start,
                isExact ? rune.Start + index + 1 : rune.End));
        }
    }
}
