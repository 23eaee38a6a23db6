using System.Buffers.Binary;
using System.Text;

namespace Terroir.Readers.Legacy;

/// <summary>The parts of a Word 97 file that say where its text stands and how its paragraphs look ([MS-DOC]).
/// </summary>
internal sealed class DocFile
{
    private const int PageLength = 512;
    private const int HeadingLast = 9;
    private const int TitleStyle = 62;

    private readonly byte[] _main;
    private readonly byte[] _table;
    private readonly List<(int Start, int End, DocParagraph Paragraph)> _paragraphs = [];
    private readonly Dictionary<int, int> _styles = [];

    public DocFile(byte[] main, Func<string, byte[]> readTable)
    {
        _main = main;
        var flags = UInt16(main, 0x0A);
        if ((flags & 0x0100) != 0)
        {
            throw UnreadableException.Locked();
        }

        _table = readTable((flags & 0x0200) != 0 ? "1Table" : "0Table");
        ReadStyles(Part(0x00A2));
        ReadParagraphs(Part(0x0102));
    }

    /// <summary>Reads the main text: each character with its offset in the file.</summary>
    public IEnumerable<(char Char, int Offset)> Text()
    {
        RegisterPages();
        var western = Encoding.GetEncoding(1252);
        var left = Int32(_main, 0x4C);
        foreach (var (start, length, isWide) in Pieces())
        {
            var count = Math.Min(length, left);
            for (var index = 0; index < count; index++)
            {
                var offset = start + (isWide ? index * 2 : index);
                yield return (isWide ? (char)UInt16(_main, offset)
                    : western.GetString(_main, Checked(_main, offset, 1), 1)[0], offset);
            }

            left -= Math.Max(0, count);
        }
    }

    /// <summary>Finds the paragraph whose end mark stands at an offset.</summary>
    public DocParagraph ParagraphAt(int offset)
    {
        int low = 0, high = _paragraphs.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var (start, end, paragraph) = _paragraphs[middle];
            if (offset < start)
            {
                high = middle - 1;
            }
            else if (offset >= end)
            {
                low = middle + 1;
            }
            else
            {
                return paragraph;
            }
        }

        return new DocParagraph(0, false, false, 0, 0);
    }

    /// <summary>The level of a style's heading, 1 to 6; 0 for other text.</summary>
    public int LevelOf(int style) =>
        _styles.GetValueOrDefault(style) switch
        {
            >= 1 and <= HeadingLast and var level => Math.Min(level, 6),
            TitleStyle => 1,
            _ => 0,
        };

    private static void RegisterPages() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    private IEnumerable<(int Start, int Length, bool IsWide)> Pieces()
    {
        var part = Part(0x01A2);
        var at = 0;
        while (at < part.Length && part[at] == 1)
        {
            at += 3 + UInt16(part, at + 1);
        }

        if (at >= part.Length || part[at] != 2)
        {
            throw new InvalidDataException("There is no piece table.");
        }

        var table = part.AsSpan(at + 5).ToArray();
        var count = (Math.Min(table.Length, Int32(part, at + 1)) - 4) / 12;
        for (var index = 0; index < count; index++)
        {
            var length = Int32(table, (index + 1) * 4) - Int32(table, index * 4);
            var place = Int32(table, ((count + 1) * 4) + (index * 8) + 2);
            var isWide = (place & 0x40000000) == 0;
            var start = isWide ? place & 0x3FFFFFFF : (place & 0x3FFFFFFF) / 2;
            if (length > 0)
            {
                yield return (start, length, isWide);
            }
        }
    }

    private void ReadStyles(byte[] sheet)
    {
        if (sheet.Length < 4)
        {
            return;
        }

        var count = UInt16(sheet, 2);
        var at = 2 + UInt16(sheet, 0);
        for (var index = 0; index < count && at + 2 <= sheet.Length; index++)
        {
            var length = UInt16(sheet, at);
            if (length >= 2 && at + 4 <= sheet.Length)
            {
                _styles[index] = UInt16(sheet, at + 2) & 0x0FFF;
            }

            at += 2 + length;
        }
    }

    private void ReadParagraphs(byte[] pages)
    {
        var count = (pages.Length - 4) / 8;
        for (var index = 0; index < count; index++)
        {
            var start = (long)(UInt32(pages, ((count + 1) * 4) + (index * 4)) & 0x003FFFFF) * PageLength;
            if (start + PageLength <= _main.Length)
            {
                ReadPage(_main.AsSpan((int)start, PageLength).ToArray());
            }
        }

        _paragraphs.Sort((one, other) => one.Start.CompareTo(other.Start));
    }

    private void ReadPage(byte[] page)
    {
        const int BoundLength = 13;
        int count = page[PageLength - 1];
        if (((count + 1) * 4) + (count * BoundLength) > PageLength)
        {
            return;
        }

        for (var index = 0; index < count; index++)
        {
            var at = page[((count + 1) * 4) + (index * BoundLength)] * 2;
            _paragraphs.Add((
                Int32(page, index * 4),
                Int32(page, (index + 1) * 4),
                at == 0 ? new DocParagraph(0, false, false, 0, 0) : DocParagraph.Parse(page, at)));
        }
    }

    // A pair of offset and length in the header, of a part in the table stream.
    private byte[] Part(int field)
    {
        var (start, length) = (UInt32(_main, field), UInt32(_main, field + 4));
        return start + (long)length <= _table.Length
            ? _table[(int)start..(int)(start + length)]
            : throw new InvalidDataException("A part of the table stream lies outside it.");
    }

    private static ushort UInt16(byte[] bytes, int at) =>
        BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(Checked(bytes, at, 2)));

    private static uint UInt32(byte[] bytes, int at) =>
        BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(Checked(bytes, at, 4)));

    private static int Int32(byte[] bytes, int at) => (int)UInt32(bytes, at);

    private static int Checked(byte[] bytes, int at, int length) =>
        at >= 0 && at <= bytes.Length - length
            ? at
            : throw new InvalidDataException("A field lies outside its stream.");
}

/// <summary>How a paragraph looks.</summary>
/// <param name="Style">The index of its style.</param>
/// <param name="IsInTable">Whether it stands in a table.</param>
/// <param name="EndsRow">Whether its mark is the end of a row.</param>
/// <param name="List">The list it belongs to; 0 if none.</param>
/// <param name="Level">The depth in the list, from 0.</param>
internal sealed record DocParagraph(int Style, bool IsInTable, bool EndsRow, int List, int Level)
{
    private const int InTable = 0x2416;
    private const int RowEnd = 0x2417;
    private const int ListIndex = 0x460B;
    private const int ListLevel = 0x260A;
    private const int LongOperand = 0xD608;

    /// <summary>Reads the style and the changes to it that matter here.</summary>
    public static DocParagraph Parse(byte[] page, int at)
    {
        var length = page[at] == 0 && at + 1 < page.Length ? page[at + 1] * 2 : (page[at] * 2) - 1;
        var start = page[at] == 0 ? at + 2 : at + 1;
        var end = Math.Min(start + length, page.Length);
        if (end - start < 2)
        {
            return new DocParagraph(0, false, false, 0, 0);
        }

        var paragraph = new DocParagraph(Word(page, start), false, false, 0, 0);
        for (var change = start + 2; change + 2 < end;)
        {
            var code = Word(page, change);
            var operand = change + 2;
            paragraph = code switch
            {
                InTable => paragraph with { IsInTable = page[operand] != 0 },
                RowEnd => paragraph with { EndsRow = page[operand] != 0 },
                ListIndex when operand + 1 < end => paragraph with { List = Word(page, operand) },
                ListLevel => paragraph with { Level = Math.Min((int)page[operand], 8) },
                _ => paragraph,
            };
            change = operand + OperandLength(page, code, operand);
        }

        return paragraph;
    }

    private static int OperandLength(byte[] page, int code, int at) => (code >> 13) switch
    {
        0 or 1 => 1,
        2 or 4 or 5 => 2,
        3 => 4,
        7 => 3,
        _ when code == LongOperand && at + 1 < page.Length => Word(page, at) + 1,
        _ => page[at] + 1,
    };

    private static int Word(byte[] page, int at) => page[at] | (page[at + 1] << 8);
}
