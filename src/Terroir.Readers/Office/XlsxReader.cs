using Terroir.Documents;
using Terroir.Readers.Packages;

namespace Terroir.Readers.Office;

/// <summary>Workbooks: a heading for each sheet and a table for each region of filled cells; values, dates and formats
/// as people see them; comments, text boxes and charts.</summary>
internal sealed class XlsxReader : FormatReader
{
    public override string Name => "xlsx";

    public override ExtractedDocument Read(
        ReadOnlyMemory<byte> content,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        using var package = new OfficePackage(content, limits, cancellationToken);
        var main = package.Main();
        if (main.Path.EndsWith(".bin", StringComparison.OrdinalIgnoreCase))
        {
            throw new UnreadableException(
                UnreadableReason.UnknownFormat,
                RemarkCode.BinaryWorkbook);
        }

        var workbook = main.Root();
        var values = new XlsxValues(main, workbook);
        var reading = new XlsxReading(values, People(main), limits, cancellationToken);
        foreach (var sheet in workbook.Child("sheets").All("sheet"))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (main.ById(sheet.Relation("id")) is { } part)
            {
                reading.Add(sheet.Get("name") ?? "", part, sheet.Get("state") is "hidden" or "veryHidden");
            }
        }

        return package.Describe(new ExtractedDocument
        {
            MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Reader = Name,
            Blocks = reading.Blocks,
            Warnings = reading.Warnings(),
        });
    }

    private static Dictionary<string, string> People(OfficePart main)
    {
        var people = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var person in main.RootOf("person").All("person"))
        {
            people.TryAdd(person.Get("id") ?? "", person.Get("displayName") ?? "");
        }

        return people;
    }
}

/// <summary>One pass over a workbook.</summary>
internal sealed class XlsxReading(
    XlsxValues values,
    IReadOnlyDictionary<string, string> people,
    ReadLimits limits,
    CancellationToken cancellationToken)
{
    private readonly SheetBudget _budget = new(limits);
    private int _hiddenCount;

    public List<Block> Blocks { get; } = [];

    public IReadOnlyList<Remark> Warnings() => Counted.Of(RemarkCode.HiddenSheetsRead, _hiddenCount);

    public void Add(string name, OfficePart part, bool isHidden)
    {
        var place = new SourcePlace { Sheet = name };
        var found = new List<Block>();
        if (XlsxSheet.Read(part, values, _budget, cancellationToken) is { } sheet)
        {
            found.AddRange(SheetTables.From(sheet, name));
        }

        AddComments(part, name, found);
        foreach (var drawing in part.ByType("drawing"))
        {
            XlsxDrawing.Read(drawing, place, found);
        }

        if (found.Count > 0)
        {
            _hiddenCount += isHidden ? 1 : 0;
            Blocks.Add(new HeadingBlock(2, name, place));
            Blocks.AddRange(found);
        }
    }

    private void AddComments(OfficePart part, string name, List<Block> found)
    {
        var legacy = part.RootOf("comments");
        var authors = legacy.Child("authors").All("author").Select(author => author.Value).ToArray();
        foreach (var item in legacy.Child("commentList").All("comment"))
        {
            var author = item.Int("authorId") is { } index && index >= 0 && index < authors.Length
                ? authors[index]
                : null;

            // Of a thread the old form repeats the text, for programs that know no threads.
            if (author?.StartsWith("tc=", StringComparison.Ordinal) != true)
            {
                var text = string.Concat(item.Within("t").Select(part => part.Value)).Trim();
                found.Add(Comment(name, item.Get("ref"), OfficeComment.Show(author, null, text)));
            }
        }

        foreach (var root in part.ByType("threadedComment").Select(thread => thread.Root()))
        {
            found.AddRange(root.All("threadedComment").Select(item => Comment(
                name,
                item.Get("ref"),
                OfficeComment.Show(
                    people.GetValueOrDefault(item.Get("personId") ?? ""),
                    item.Get("dT"),
                    item.Child("text")?.Value.Trim() ?? ""))));
        }
    }

    private static ParagraphBlock Comment(string sheet, string? cell, string text) =>
        new(text, new SourcePlace { Sheet = sheet, Cells = cell });
}
