using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Terroir.Documents;

namespace Terroir.Readers.PlainText;

/// <summary>Delimited text of any encoding and dialect: one table.</summary>
internal sealed class CsvReader : FormatReader
{
    public override string Name => "csv";

    public override ExtractedDocument Read(
        ReadOnlyMemory<byte> content,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        var text = TextDecoder.Decode(content.Span);
        TextBounds.Check(text.Length, limits);
        var dialect = CsvDialect.Find(text);
        var settings = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = dialect.Delimiter.ToString(),
            Quote = dialect.Quote,
            Escape = dialect.Quote,
            HasHeaderRecord = false,
            IgnoreBlankLines = true,
            BadDataFound = null,
            Mode = CsvMode.RFC4180,
        };
        using var parser = new CsvParser(new StringReader(text), settings);
        var rows = new List<TableRow>();
        var cellCount = 0;
        while (parser.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            TextBounds.CheckCells(cellCount += parser.Count, limits);
            var cells = parser.Record!.Select(cell => cell.Trim()).ToArray();
            if (Array.Exists(cells, cell => cell.Length > 0))
            {
                rows.Add(new TableRow(cells, new SourcePlace { Line = parser.RawRow }));
            }
        }

        return new ExtractedDocument
        {
            MediaType = dialect.Delimiter is '\t' ? "text/tab-separated-values" : "text/csv",
            Reader = Name,
            Blocks = rows.Count == 0
                ? []
                : [new TableBlock(rows, HasHeader(rows) ? 1 : 0, new SourcePlace { Line = 1 })],
        };
    }

    // A header names its columns: no numbers in it, and no field empty or twice.
    private static bool HasHeader(List<TableRow> rows) =>
        rows.Count > 1
        && rows[0].Cells.All(cell => cell.Length > 0
            && !double.TryParse(cell, NumberStyles.Any, CultureInfo.InvariantCulture, out _)
            && !DateOnly.TryParse(cell, CultureInfo.InvariantCulture, out _))
        && rows[0].Cells.Distinct(StringComparer.OrdinalIgnoreCase).Count() == rows[0].Cells.Count;
}
