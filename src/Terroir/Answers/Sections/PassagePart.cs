using System.Text;
using Terroir.Retrieval;

namespace Terroir.Answers.Sections;

/// <summary>Cuts a passage to neighbouring whole sentences, for a model that has no room for all of it.</summary>
internal static class PassagePart
{
    /// <summary>Chooses the sentences: first the one with the most words of the question, of several the first, then
    /// in turn the one after and the one before what is chosen, as long as they fit.</summary>
    /// <param name="hit">The passage.</param>
    /// <param name="fits">Whether a part fits.</param>
    /// <returns>The passage with fewer sentences and offsets to match; <see langword="null"/> if not even one
    /// fits.</returns>
    public static PassageHit? Choose(PassageHit hit, Func<PassageHit, bool> fits)
    {
        var sentences = SentenceSplitter.Split(hit.Text).ToArray();
        if (sentences.Length == 0)
        {
            return null;
        }

        var first = sentences.Index()
            .MaxBy(sentence => CountIn(hit.Highlights, sentence.Item.Start, sentence.Item.End)).Index;
        var last = first;
        if (Cut(hit, sentences[first].Start, sentences[last].End) is var part && !fits(part))
        {
            return null;
        }

        var (canGrow, canGrowBack) = (true, true);
        while (canGrow || canGrowBack)
        {
            canGrow = canGrow && last + 1 < sentences.Length && Grow(first, last + 1);
            canGrowBack = canGrowBack && first > 0 && Grow(first - 1, last);
        }

        return part;

        bool Grow(int from, int to)
        {
            var larger = Cut(hit, sentences[from].Start, sentences[to].End);
            if (!fits(larger))
            {
                return false;
            }

            (first, last, part) = (from, to, larger);
            return true;
        }
    }

    private static int CountIn(IReadOnlyList<TextRange> ranges, int start, int end) =>
        ranges.Count(range => range.Start >= start && range.End <= end);

    private static PassageHit Cut(PassageHit hit, int start, int end)
    {
        var text = hit.Text[start..end];
        var firstByte = hit.Passage.Start + Encoding.UTF8.GetByteCount(hit.Text.AsSpan(0, start));
        return hit with
        {
            Text = text,
            Passage = hit.Passage with { Start = firstByte, End = firstByte + Encoding.UTF8.GetByteCount(text) },
            Highlights = Move(hit.Highlights, start, end),
            Recurring = Move(hit.Recurring, start, end),
            Tables =
            [
                .. hit.Tables.Where(table => table.Start < end && table.End > start)
                    .Select(table => table with
                    {
                        Start = Math.Max(table.Start - start, 0),
                        End = Math.Min(table.End, end) - start,
                        BodyStart = Math.Clamp(table.BodyStart - start, 0, end - start),
                    }),
            ],
        };
    }

    private static TextRange[] Move(IReadOnlyList<TextRange> ranges, int start, int end) =>
    [
        .. ranges.Where(range => range.Start >= start && range.End <= end)
            .Select(range => new TextRange(range.Start - start, range.End - start)),
    ];
}
