using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Terroir.Documents;

namespace Terroir.Readers.PlainText;

/// <summary>CSV of any encoding and delimiter: one table.</summary>
internal sealed class CsvReader : FormatReader
{
    private static readonly char[] Delimiters = [';', ',', '\t', '|'];

    public override string Name => "csv";

    public override ExtractedDocument Read(
        ReadOnlyMemory<byte> content,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        var text = TextDecoder.Decode(content.Span);
        var settings = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = FindDelimiter(text).ToString(),
            HasHeaderRecord = false,
            BadDataFound = null,
        };
        using var parser = new CsvParser(new StringReader(text), settings);
        var rows = new List<TableRow>();
        while (parser.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            rows.Add(new TableRow([.. parser.Record!.Select(cell =>
                cell.Trim())], new SourcePlace { Line = parser.RawRow }));
        }

        return new ExtractedDocument
        {
            MediaType = "text/csv",
            Reader = Name,
            Blocks = rows.Count == 0 ? [] : [new TableBlock(rows, 1, new SourcePlace { Line = 1 })],
        };
    }

    private static char FindDelimiter(string text)
    {
        var first = text.Split('\n', 2)[0];
        return Delimiters.MaxBy(delimiter => first.Count(c => c == delimiter));
    }
}
