namespace Terroir.Readers.PlainText;

/// <summary>How a delimited file is written: found from its first lines.</summary>
/// <param name="Delimiter">What stands between fields.</param>
/// <param name="Quote">What stands around fields that hold a delimiter.</param>
internal sealed record CsvDialect(char Delimiter, char Quote)
{
    private const int LineMax = 50;

    // Where an apostrophe is a quote it stands beside a delimiter or at the end of a line.
    private static readonly string[] Edges = [",'", ";'", "\t'", "\n'", "',", "';", "'\t", "'\n", "'\r"];

    private static readonly char[] Delimiters = [';', ',', '\t', '|', '^', '~'];

    /// <summary>Finds the dialect: the delimiter that cuts most lines into the same number of fields.</summary>
    public static CsvDialect Find(string text)
    {
        var quote = QuoteOf(text);
        var best = Delimiters
            .Select(delimiter => (delimiter, score: Score(text, delimiter, quote)))
            .MaxBy(item => item.score);
        return new CsvDialect(best.score > 0 ? best.delimiter : ',', quote);
    }

    /// <summary>Tells whether text without a telling name is a table: three lines of as many fields.</summary>
    public static bool Looks(string text)
    {
        var quote = QuoteOf(text);
        return Delimiters.Take(4).Any(delimiter =>
        {
            var counts = Counts(text, delimiter, quote);
            return counts.Count >= 3 && counts.TrueForAll(count => count == counts[0]) && counts[0] > 1
                && (delimiter is ';' or '\t' or '|' || !text.Contains(", ", StringComparison.Ordinal));
        });
    }

    private static char QuoteOf(string text)
    {
        var head = text.AsSpan(0, Math.Min(text.Length, 10_000));
        var atEdges = 0;
        foreach (var edge in Edges)
        {
            atEdges += head.Count(edge);
        }

        var isSingle = head.IndexOf('"') < 0 && head.Count('\'') >= 4 && atEdges * 2 > head.Count('\'');
        return isSingle ? '\'' : '"';
    }

    private static double Score(string text, char delimiter, char quote)
    {
        var counts = Counts(text, delimiter, quote);
        var groups = counts.Where(count => count > 1).GroupBy(count => count).ToArray();
        if (groups.Length == 0)
        {
            return 0;
        }

        var usual = groups.MaxBy(group => group.Count())!;
        return (double)usual.Count() / counts.Count * (1 + Math.Min(usual.Key, 20) / 20.0);
    }

    private static List<int> Counts(string text, char delimiter, char quote)
    {
        var counts = new List<int>();
        int fields = 1, length = 0;
        var isQuoted = false;
        foreach (var c in text.AsSpan(0, Math.Min(text.Length, 64_000)))
        {
            if (c == quote)
            {
                isQuoted = !isQuoted;
                length++;
            }
            else if (c is '\n' && !isQuoted)
            {
                Close();
                if (counts.Count == LineMax)
                {
                    return counts;
                }
            }
            else
            {
                fields += c == delimiter && !isQuoted ? 1 : 0;
                length += c is '\r' ? 0 : 1;
            }
        }

        Close();
        return counts;

        void Close()
        {
            if (length > 0)
            {
                counts.Add(fields);
            }

            (fields, length) = (1, 0);
        }
    }
}
