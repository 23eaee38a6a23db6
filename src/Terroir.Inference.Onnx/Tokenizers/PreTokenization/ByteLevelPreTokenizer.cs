using System.Text;

namespace Terroir.Inference.Onnx.Tokenizers.PreTokenization;

/// <summary>Writes each byte as its character in <see cref="ByteAlphabet"/>.</summary>
/// <param name="isPrefixed">Whether a space is written before a piece that does not begin with one.</param>
/// <param name="words">Cuts the piece before, if something does.</param>
internal sealed class ByteLevelPreTokenizer(bool isPrefixed, IPreTokenizer? words) : IPreTokenizer
{
    private static readonly Rune Space = new(' ');

    public IEnumerable<ReadOnlyMemory<AlignedRune>> Split(ReadOnlyMemory<AlignedRune> piece, bool isFirst)
    {
        if (isPrefixed && piece.Length > 0 && piece.Span[0].Value != Space)
        {
            var start = piece.Span[0].Start;
            piece = (AlignedRune[])[new AlignedRune(Space, start, start), .. piece.Span];
        }

        var parts = words?.Split(piece, isFirst) ?? [piece];
        return parts.Select(part => (ReadOnlyMemory<AlignedRune>)Spell(part.Span));
    }

    private static AlignedRune[] Spell(ReadOnlySpan<AlignedRune> text)
    {
        var result = new List<AlignedRune>(text.Length);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in text)
        {
            var size = rune.Value.EncodeToUtf8(bytes);
            var isExact = rune.End - rune.Start == size;
            for (var index = 0; index < size; index++)
            {
                result.Add(new AlignedRune(
                    new Rune(ByteAlphabet.Letter(bytes[index])),
                    isExact ? rune.Start + index : rune.Start,
                    isExact ? rune.Start + index + 1 : rune.End));
            }
        }

        return [.. result];
    }
}
