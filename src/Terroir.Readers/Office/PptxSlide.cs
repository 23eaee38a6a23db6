using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Terroir.Documents;
using Terroir.Readers.Packages;

namespace Terroir.Readers.Office;

/// <summary>One slide.</summary>
internal sealed class PptxSlide(OfficePart part, PptxLayout layout, SourcePlace place, List<Block> blocks)
{
    private readonly Dictionary<int, int> _counters = [];

    public void Add(XElement slide)
    {
        var shapes = new List<PlacedShape>();
        Gather(slide.Path("cSld", "spTree"), new Frame(0, 0, 1, 1), shapes);
        foreach (var shape in PlacedShape.InReadingOrder(shapes))
        {
            AddShape(shape);
        }
    }

    private void Gather(XElement? group, Frame frame, List<PlacedShape> shapes)
    {
        foreach (var element in group?.Elements() ?? [])
        {
            if (element.Is("grpSp"))
            {
                Gather(element, frame.Within(element.Path("grpSpPr", "xfrm")), shapes);
            }
            else if (element.Name.LocalName is "sp" or "graphicFrame" or "cxnSp" or "pic")
            {
                var holder = PptxLayout.Holder(element);
                if (holder.Get("type") is not ("ftr" or "dt" or "sldNum" or "hdr"))
                {
                    shapes.Add(PlacedShape.From(element, holder, TransformOf(element, holder), frame));
                }
            }
        }
    }

    private XElement? TransformOf(XElement element, XElement? holder) =>
        layout.Behind(holder).Prepend(element)
            .Select(shape => shape.Path("spPr", "xfrm") ?? shape.Child("xfrm"))
            .FirstOrDefault(transform => transform.Child("off") is not null);

    private void AddShape(PlacedShape shape)
    {
        var element = shape.Element;
        if (element.Child("txBody") is { } body)
        {
            AddText(body, element, shape.IsTitle);
        }

        var data = element.Path("graphic", "graphicData");
        if (data.Child("tbl") is { } table)
        {
            AddTable(table);
        }
        else if (part.ById(data.Child("chart").Relation("id")) is { } chart)
        {
            blocks.AddRange(OfficeChart.Read(chart.Package.Parts.OptionalXml(chart.Path), place));
        }
        else if (part.ById(data.Child("relIds").Relation("dm")) is { } diagram)
        {
            blocks.AddRange(OfficeDiagram.Read(diagram.Package.Parts.OptionalXml(diagram.Path), place));
        }
    }

    private void AddText(XElement body, XElement shape, bool isTitle)
    {
        _counters.Clear();
        if (isTitle)
        {
            var title = string.Join(' ', body.All("p").Select(Text).Where(text => text.Length > 0));
            if (title.Length > 0)
            {
                blocks.Add(new HeadingBlock(2, title.ReplaceLineEndings(" "), place));
            }

            return;
        }

        foreach (var paragraph in body.All("p"))
        {
            var text = Text(paragraph);
            if (text.Length > 0)
            {
                blocks.Add(Block(paragraph, shape, text));
            }
        }
    }

    private Block Block(XElement paragraph, XElement shape, string text)
    {
        var level = Math.Clamp(paragraph.Child("pPr").Int("lvl") ?? 0, 0, 8);
        var bullet = layout.BulletOf(paragraph, shape, level);
        foreach (var deeper in _counters.Keys.Where(key => key > level).ToArray())
        {
            _counters.Remove(deeper);
        }

        if (bullet is null || bullet.Is("buNone"))
        {
            _counters.Remove(level);
            return new ParagraphBlock(text, place);
        }

        if (!bullet.Is("buAutoNum"))
        {
            _counters.Remove(level);
            return new ListItemBlock(level, null, text, place);
        }

        var number = _counters.TryGetValue(level, out var last) ? last + 1 : bullet.Int("startAt") ?? 1;
        _counters[level] = number;
        var type = bullet.Get("type") ?? "";
        var label = type switch
        {
            _ when type.StartsWith("alphaLc", StringComparison.Ordinal) => OfficeNumbers.Letters(number, 'a'),
            _ when type.StartsWith("alphaUc", StringComparison.Ordinal) => OfficeNumbers.Letters(number, 'A'),
            _ when type.StartsWith("romanLc", StringComparison.Ordinal) =>
                OfficeNumbers.Roman(number).ToLowerInvariant(),
            _ when type.StartsWith("romanUc", StringComparison.Ordinal) => OfficeNumbers.Roman(number),
            _ => null,
        };
        return label is null
            ? new ListItemBlock(level, number, text, place)
            : new ListItemBlock(level, null, $"{label}. {text}", place);
    }

    private void AddTable(XElement table)
    {
        var grid = new TableGrid();
        foreach (var row in table.All("tr"))
        {
            grid.BeginRow(place);
            foreach (var cell in row.All("tc").Where(cell => cell.Get("hMerge") is not ("1" or "true")
                && cell.Get("vMerge") is not ("1" or "true")))
            {
                var text = string.Join(' ', cell.Child("txBody").All("p").Select(Text).Where(line => line.Length > 0));
                grid.Add(text, cell.Int("gridSpan") ?? 1, cell.Int("rowSpan") ?? 1);
            }
        }

        if (grid.Build(grid.RowCount > 1 ? 1 : 0, place) is { } block)
        {
            blocks.Add(block);
        }
    }

    private string Text(XElement paragraph)
    {
        var text = new StringBuilder();
        foreach (var item in paragraph.Elements())
        {
            switch (item.Name.LocalName)
            {
                case "r" or "fld":
                    var id = item.Path("rPr", "hlinkClick").Relation("id") ?? "";
                    var target = part.Relations.GetValueOrDefault(id) is { IsExternal: true } relation
                        ? relation.Target
                        : null;
                    text.Append(Links.Mark(item.Child("t")?.Value ?? "", target));
                    break;
                case "br":
                    text.Append('\n');
                    break;
                case "m":
                    text.Append(string.Concat(item.Within("oMath").Select(OfficeMath.Write)));
                    break;
            }
        }

        return text.ToString().Trim();
    }
}

/// <summary>How the coordinates of a group lie on the slide.</summary>
internal sealed record Frame(double X, double Y, double ScaleX, double ScaleY)
{
    public Frame Within(XElement? transform)
    {
        var (left, top) = Pair(transform.Child("off"), "x", "y");
        var (width, height) = Pair(transform.Child("ext"), "cx", "cy");
        var (innerLeft, innerTop) = Pair(transform.Child("chOff"), "x", "y");
        var (innerWidth, innerHeight) = Pair(transform.Child("chExt"), "cx", "cy");
        var scaleX = innerWidth > 0 && width > 0 ? width / innerWidth : 1;
        var scaleY = innerHeight > 0 && height > 0 ? height / innerHeight : 1;
        return new Frame(
            X + ((left - (innerLeft * scaleX)) * ScaleX),
            Y + ((top - (innerTop * scaleY)) * ScaleY),
            ScaleX * scaleX,
            ScaleY * scaleY);
    }

    public static (double First, double Second) Pair(XElement? element, string first, string second) =>
        (Number(element.Get(first)), Number(element.Get(second)));

    private static double Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : 0;
}

/// <summary>A shape and where it lies on the slide.</summary>
internal sealed record PlacedShape(XElement Element, bool IsTitle, double Left, double Top, double Bottom)
{
    public static PlacedShape From(XElement element, XElement? holder, XElement? transform, Frame frame)
    {
        var (x, y) = Frame.Pair(transform.Child("off"), "x", "y");
        var (_, height) = Frame.Pair(transform.Child("ext"), "cx", "cy");
        var top = frame.Y + (y * frame.ScaleY);
        return new PlacedShape(
            element,
            holder.Get("type") is "title" or "ctrTitle",
            frame.X + (x * frame.ScaleX),
            top,
            top + Math.Max(1, height * frame.ScaleY));
    }

    /// <summary>The title first, then rows from the top, each from the left. Shapes share a row when each one's
    /// beginning lies within the first half of the row's first shape.</summary>
    public static IEnumerable<PlacedShape> InReadingOrder(IEnumerable<PlacedShape> shapes)
    {
        var sorted = shapes.OrderBy(shape => shape.IsTitle ? 0 : 1).ThenBy(shape => shape.Top).ToArray();
        var row = new List<PlacedShape>();
        foreach (var shape in sorted)
        {
            var isSameRow = row.Count > 0 && row[0].IsTitle == shape.IsTitle
                && shape.Top < row[0].Top + ((row[0].Bottom - row[0].Top) / 2);
            if (!isSameRow)
            {
                foreach (var placed in row.OrderBy(item => item.Left))
                {
                    yield return placed;
                }

                row.Clear();
            }

            row.Add(shape);
        }

        foreach (var placed in row.OrderBy(item => item.Left))
        {
            yield return placed;
        }
    }
}
