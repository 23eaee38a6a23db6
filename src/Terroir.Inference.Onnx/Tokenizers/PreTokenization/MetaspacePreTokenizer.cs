using System.Text;

namespace Terroir.Inference.Onnx.Tokenizers.PreTokenization;

/// <summary>Writes spaces as a mark, may write one before, and cuts before each.</summary>
/// <param name="mark">The mark.</param>
/// <param name="prefix">Where a mark is written before a piece that does not begin with one.</param>
/// <param name="isSplit">Whether the text is cut.</param>
internal sealed class MetaspacePreTokenizer(Rune mark, PrefixPlace prefix, bool isSplit) : IPreTokenizer
{
    private static readonly Rune Space = new(' ');

    private readonly SplitPreTokenizer _cut =
        SplitPreTokenizer.At(rune => rune.Value == mark, SplitBehavior.MergedWithNext);

    public IEnumerable<ReadOnlyMemory<AlignedRune>> Split(ReadOnlyMemory<AlignedRune> piece, bool isFirst)
    {
        if (piece.Length == 0)
        {
            return [];
        }

        var text = new List<AlignedRune>(piece.Length + 1);
        foreach (var rune in piece.Span)
        {
            text.Add(rune.Value == Space ? rune with { Value = mark } : rune);
        }

        if ((prefix == PrefixPlace.Always || (prefix == PrefixPlace.First && isFirst)) && text[0].Value != mark)
        {
            text.Insert(0, new AlignedRune(mark, text[0].Start, text[0].Start));
        }

        var marked = (ReadOnlyMemory<AlignedRune>)text.ToArray();
        return isSplit ? _cut.Split(marked, isFirst) : [marked];
    }
}
