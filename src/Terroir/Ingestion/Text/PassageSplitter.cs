using System.Text;
using Terroir.Documents;

namespace Terroir.Ingestion.Text;

/// <summary>Cuts canonical text into passages along its structure: never across a heading, never overlapping.</summary>
internal static class PassageSplitter
{
    /// <summary>A passage is closed when it has reached this many bytes (about 250 tokens).</summary>
    internal const int SizeTargetBytes = 1_400;

    /// <summary>No passage is longer: a longer block is cut at a sentence, a space, or at worst a character.</summary>
    internal const int SizeMaxBytes = 2_400;

    public static IReadOnlyList<Passage> Split(CanonicalText text, string language)
    {
        var passages = new List<Passage>();
        var headings = new List<string>();
        var levels = new List<int>();
        var open = new List<PlacedSpan>();
        foreach (var span in text.Spans)
        {
            if (span.Kind == SpanKind.Heading)
            {
                Close(passages, open, headings, language);
                while (levels.Count > 0 && levels[^1] >= span.Level)
                {
                    levels.RemoveAt(levels.Count - 1);
                    headings.RemoveAt(headings.Count - 1);
                }

                levels.Add(span.Level);
                headings.Add(Encoding.UTF8.GetString(text.Bytes[(span.Start + span.Level + 1)..span.End]));
                continue;
            }

            foreach (var part in Cut(text.Bytes, span))
            {
                if (open.Count > 0 && part.End - open[0].Start > SizeMaxBytes)
                {
                    Close(passages, open, headings, language);
                }

                open.Add(part);
                if (part.End - open[0].Start >= SizeTargetBytes)
                {
                    Close(passages, open, headings, language);
                }
            }
        }

        Close(passages, open, headings, language);
        return passages.Count > 0 ? passages : HeadingsOnly(text, language);
    }

    private static void Close(
        List<Passage> passages,
        List<PlacedSpan> open,
        List<string> headings,
        string language)
    {
        if (open.Count > 0)
        {
            passages.Add(new Passage
            {
                Ordinal = passages.Count,
                Start = open[0].Start,
                End = open[^1].End,
                Headings = [.. headings],
                Language = language,
                Places = [.. open],
            });
            open.Clear();
        }
    }

    private static IEnumerable<PlacedSpan> Cut(byte[] bytes, TextSpan span)
    {
        var start = span.Start;
        while (span.End - start > SizeMaxBytes)
        {
            var end = FindCut(bytes, start, start + SizeMaxBytes);
            yield return new PlacedSpan(start, end, span.Place);
            start = end;
            while (start < span.End && bytes[start] is (byte)' ' or (byte)'\n')
            {
                start++;
            }
        }

        if (start < span.End)
        {
            yield return new PlacedSpan(start, span.End, span.Place);
        }
    }

    private static int FindCut(byte[] bytes, int start, int end)
    {
        for (var at = end; at > start + SizeTargetBytes; at--)
        {
            if (bytes[at] == ' ' && bytes[at - 1] is (byte)'.' or (byte)'!' or (byte)'?' or (byte)';')
            {
                return at;
            }
        }

        for (var at = end; at > start + SizeTargetBytes; at--)
        {
            if (bytes[at] is (byte)' ' or (byte)'\n')
            {
                return at;
            }
        }

        // No space at all: at least not inside a character.
        while ((bytes[end] & 0xC0) == 0x80)
        {
            end--;
        }

        return end;
    }

    private static Passage[] HeadingsOnly(CanonicalText text, string language) =>
        text.Spans.Count == 0
            ? []
            :
            [
                new Passage
                {
                    Ordinal = 0,
                    Start = text.Spans[0].Start,
                    End = text.Spans[^1].End,
                    Language = language,
                    Places = [.. text.Spans.Select(span => new PlacedSpan(span.Start, span.End, span.Place))],
                },
            ];
}
