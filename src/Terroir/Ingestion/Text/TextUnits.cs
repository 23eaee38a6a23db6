using System.Buffers;
using System.Text;
using Terroir.Languages;

namespace Terroir.Ingestion.Text;

/// <summary>Cuts the pieces of canonical text into units, and says where a passage would rather not begin.</summary>
internal static class TextUnits
{
    /// <summary>What it costs to begin a passage between two lines of a paragraph. Costs are in squares of the share
    /// by which a passage misses its size; between two blocks there is none.</summary>
    private const double LineCost = 0.03;

    /// <summary>Between two sentences of a line.</summary>
    private const double SentenceCost = 0.2;

    /// <summary>Between two items of a list or rows of a table: those stay together up to about 1,200 bytes.</summary>
    private const double ItemCost = 0.5;

    /// <summary>After what leads to the next: a line that ends with a colon, or a short one that ends no sentence.
    /// </summary>
    private const double LeadCost = 1;

    /// <summary>Where there is no sentence to cut at.</summary>
    private const double WordCost = 2;

    /// <summary>A line of at most this many characters that ends no sentence is a title of what follows.</summary>
    private const int TitleLengthMax = 80;

    private static readonly SearchValues<char> Ends = SearchValues.Create(".!?…;,»”\")");

    /// <summary>Cuts pieces.</summary>
    /// <param name="text">The canonical text.</param>
    /// <param name="first">The number of the first piece.</param>
    /// <param name="count">How many pieces.</param>
    public static List<TextUnit> Of(CanonicalText text, int first, int count)
    {
        var units = new List<TextUnit>();
        var leads = false;
        for (var number = first; number < first + count; number++)
        {
            var span = text.Spans[number];
            var isNext = number > first && IsContinued(text.Spans[number - 1], span);
            var cost = leads ? LeadCost : isNext ? ItemCost : 0;
            leads = AddLines(text, number, cost, units);
        }

        return units;
    }

    private static bool IsContinued(TextSpan last, TextSpan span) =>
        span.Kind is SpanKind.Item or SpanKind.Row && span.Kind == last.Kind
        && (span.Kind == SpanKind.Item || ReferenceEquals(last.Block, span.Block));

    private static bool AddLines(CanonicalText text, int number, double cost, List<TextUnit> units)
    {
        var span = text.Spans[number];
        var leads = false;
        for (var start = span.Start; start < span.End;)
        {
            var length = span.Kind == SpanKind.Row ? -1 : text.Bytes.AsSpan(start..span.End).IndexOf((byte)'\n');
            var end = length < 0 ? span.End : start + length;
            if (end > start)
            {
                var line = Encoding.UTF8.GetString(text.Bytes.AsSpan(start..end));
                AddSentences(text.Bytes, line, new TextUnit(start, end, number, leads ? LeadCost : cost), units);
                leads = span.Kind == SpanKind.Text && Leads(line);
                cost = LineCost;
            }

            start = end + 1;
        }

        return leads;
    }

    private static bool Leads(string line)
    {
        var last = line.AsSpan().TrimEnd();
        return last.Length > 0 && (last[^1] == ':'
            || (last.Length <= TitleLengthMax && !Ends.Contains(last[^1])));
    }

    private static void AddSentences(byte[] bytes, string line, TextUnit whole, List<TextUnit> units)
    {
        var (at, start, cost) = (0, whole.Start, whole.Cut);
        foreach (var end in line[0] == '|' ? [line.Length] : SentenceEnds.Find(line).Where(end => IsFree(line, end)))
        {
            var length = Encoding.UTF8.GetByteCount(line.AsSpan(at..end));
            AddWords(bytes, whole with { Start = start, End = start + length, Cut = cost }, units);
            (at, start, cost) = (end, start + length, SentenceCost);
        }
    }

    // Sentences that are glued together, as web pages leave them, stay together: a cut would change their words.
    private static bool IsFree(string line, int end) =>
        end == line.Length || char.IsWhiteSpace(line[end]) || char.IsWhiteSpace(line[end - 1]);

    private static void AddWords(byte[] bytes, TextUnit unit, List<TextUnit> units)
    {
        var (start, cost) = (unit.Start, unit.Cut);
        while (start < unit.End && bytes[start] == ' ' && start > 0 && bytes[start - 1] != '\n')
        {
            start++;
        }

        while (unit.End - start > PassageCuts.SizeMaxBytes)
        {
            var end = CutWithin(bytes, start);
            units.Add(unit with { Start = start, End = end, Cut = cost });
            (start, cost) = (bytes[end] == ' ' ? end + 1 : end, WordCost);
        }

        if (start < unit.End)
        {
            units.Add(unit with { Start = start, Cut = cost });
        }
    }

    // At a space, or at worst at a character.
    private static int CutWithin(byte[] bytes, int start)
    {
        var end = start + PassageCuts.SizeMaxBytes;
        var space = bytes.AsSpan(start..end).LastIndexOf((byte)' ');
        if (space > PassageCuts.SizeMaxBytes / 2)
        {
            return start + space;
        }

        while ((bytes[end] & 0xC0) == 0x80)
        {
            end--;
        }

        return end;
    }
}
