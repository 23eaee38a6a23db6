using System.Globalization;
using System.Xml.Linq;
using Terroir.Documents;
using Terroir.Readers.Office;
using Terroir.Readers.Packages;

namespace Terroir.Readers.OpenDocument;

/// <summary>The slides of a presentation: the title, then shapes by position, then the notes.</summary>
internal static class OdfSlides
{
    public static void Add(XElement slides, OdfReading reading)
    {
        var number = 0;
        foreach (var slide in slides.All("page"))
        {
            var place = new SourcePlace { Slide = ++number };
            if (reading.Blocks.Count > 0)
            {
                reading.Blocks.Add(new PageBreakBlock(place));
            }

            var shapes = slide.Elements()
                .Where(shape => shape.Name.LocalName is "frame" or "custom-shape" or "rect" or "ellipse" or "g"
                    or "connector" or "line")
                .Where(shape => shape.Get("class") is not ("footer" or "date-time" or "page-number" or "header"))
                .Select(Placed);
            foreach (var shape in PlacedShape.InReadingOrder(shapes))
            {
                AddShape(shape, place, reading);
            }

            reading.AddAll(
                new XElement("notes", slide.Child("notes").All("frame").Where(frame =>
                    frame.Get("class") is "notes")),
                place);
        }
    }

    private static void AddShape(PlacedShape shape, SourcePlace place, OdfReading reading)
    {
        if (!shape.IsTitle)
        {
            reading.AddAll(new XElement("page", shape.Element), place);
            return;
        }

        var title = string.Join(' ', shape.Element.Within("p").Select(line =>
            string.Join(' ', line.Value.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries))));
        if (title.Trim().Length > 0)
        {
            reading.Blocks.Add(new HeadingBlock(2, title.Trim(), place));
        }
    }

    private static PlacedShape Placed(XElement shape)
    {
        var top = Length(shape.Get("y"));
        return new PlacedShape(
            shape,
            shape.Get("class") is "title",
            Length(shape.Get("x")),
            top,
            top + Math.Max(0.01, Length(shape.Get("height"))));
    }

    // In centimetres; the units of the format are few.
    private static double Length(string? text)
    {
        var digits = (text ?? "").TrimEnd("abcdefghijklmnopqrstuvwxyz%".ToCharArray());
        var scale = (text ?? "")[digits.Length..] switch
        {
            "mm" => 0.1,
            "in" => 2.54,
            "pt" => 2.54 / 72,
            "px" => 2.54 / 96,
            _ => 1,
        };
        return double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value * scale
            : 0;
    }
}
