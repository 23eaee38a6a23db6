using System.Runtime.InteropServices;

namespace Terroir.Inference.Onnx.Tokenizers.PreTokenization;

/// <summary>Cuts at what is found.</summary>
/// <param name="find">Finds the places, ascending and apart, as indices of code points.</param>
/// <param name="behavior">What becomes of them.</param>
/// <param name="isInverted">Whether what lies between the places counts as found instead.</param>
internal sealed class SplitPreTokenizer(
    Func<ReadOnlyMemory<AlignedRune>, IEnumerable<(int Start, int End)>> find,
    SplitBehavior behavior,
    bool isInverted = false) : IPreTokenizer
{
    /// <summary>Cuts at single code points.</summary>
    public static SplitPreTokenizer At(Predicate<AlignedRune> isFound, SplitBehavior behavior) => new(
        text => Enumerable.Range(0, text.Length)
            .Where(index => isFound(text.Span[index]))
            .Select(index => (index, index + 1)),
        behavior);

    public IEnumerable<ReadOnlyMemory<AlignedRune>> Split(ReadOnlyMemory<AlignedRune> piece, bool isFirst)
    {
        var parts = Cut(piece);
        var kept = behavior switch
        {
            SplitBehavior.Removed => parts.Where(part => !part.IsFound),
            SplitBehavior.Contiguous => Join(parts, (before, part) => before.IsFound == part.IsFound),
            SplitBehavior.MergedWithPrevious => Join(parts, (before, part) => part.IsFound && !before.IsFound),
            SplitBehavior.MergedWithNext => JoinNext(parts),
            _ => parts,
        };
        return kept.Select(part => piece[part.Start..part.End]);
    }

    private static List<Part> Join(List<Part> parts, Func<Part, Part, bool> isJoined)
    {
        var joined = new List<Part>(parts.Count);
        Part? before = null;
        foreach (var part in parts)
        {
            if (before is { } last && isJoined(last, part))
            {
                joined[^1] = joined[^1] with { End = part.End };
            }
            else
            {
                joined.Add(part);
            }

            before = part;
        }

        return joined;
    }

    private static List<Part> JoinNext(List<Part> parts)
    {
        var joined = new List<Part>(parts.Count);
        var isAfterFound = false;
        for (var index = parts.Count - 1; index >= 0; index--)
        {
            var part = parts[index];
            if (part.IsFound && !isAfterFound && joined.Count > 0)
            {
                joined[^1] = joined[^1] with { Start = part.Start };
            }
            else
            {
                joined.Add(part);
            }

            isAfterFound = part.IsFound;
        }

        joined.Reverse();
        return joined;
    }

    private List<Part> Cut(ReadOnlyMemory<AlignedRune> text)
    {
        var parts = new List<Part>();
        var done = 0;
        foreach (var (start, end) in find(text))
        {
            if (start > done)
            {
                parts.Add(new Part(done, start, isInverted));
            }

            parts.Add(new Part(start, end, !isInverted));
            done = end;
        }

        if (done < text.Length)
        {
            parts.Add(new Part(done, text.Length, isInverted));
        }

        return parts;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Part(int Start, int End, bool IsFound);
}
