using System.Globalization;
using System.Xml;

namespace Terroir.Readers.Recognition;

/// <summary>Reads the words of hOCR, HTML with places as Tesseract writes it (hOCR 1.2).</summary>
internal static class Hocr
{
    private const int DepthMax = 16;

    /// <summary>No upright line is so many times higher than wide, unless it is a single thin letter.</summary>
    private const double HeightMax = 2.5;

    /// <summary>The words in the order of the engine.</summary>
    /// <exception cref="InvalidDataException">It is no such answer.</exception>
    public static IReadOnlyList<RecognizedWord> Read(byte[] answer)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null };
        var words = new List<RecognizedWord>();
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(answer), settings);
            var number = 0;
            var line = new Dictionary<string, double[]>(StringComparer.Ordinal);
            while (words.Count < RecognitionLimits.WordCountMax && reader.Depth < DepthMax && reader.Read())
            {
                if (reader.NodeType != XmlNodeType.Element || reader.GetAttribute("title") is not { } title)
                {
                    continue;
                }

                if (reader.GetAttribute("class") is "ocrx_word")
                {
                    Add(words, Properties(title), line, number, reader);
                }
                else
                {
                    line = Properties(title);
                    number++;
                }
            }
        }
        catch (XmlException exception)
        {
            throw new InvalidDataException("The answer of the recognition cannot be read.", exception);
        }

        return words;
    }

    private static void Add(
        List<RecognizedWord> words,
        Dictionary<string, double[]> word,
        Dictionary<string, double[]> line,
        int number,
        XmlReader reader)
    {
        if (word.GetValueOrDefault("bbox") is not [var left, var top, var right, var bottom]
            || line.GetValueOrDefault("bbox") is not [var lineLeft, _, _, var lineBottom])
        {
            return;
        }

        // Words in bold or italics stand in an element of their own.
        using var inner = reader.ReadSubtree();
        var text = "";
        while (inner.Read())
        {
            text += inner.NodeType == XmlNodeType.Text ? inner.Value : "";
        }

        text = text.Trim();
        if (text.Length == 0)
        {
            return;
        }

        var (slope, offset) = line.GetValueOrDefault("baseline") is [var a, var b] ? (a, b) : (0, 0);
        words.Add(new RecognizedWord(
            text,
            left,
            top,
            right,
            bottom,
            lineBottom + offset + (slope * ((left + right) / 2 - lineLeft)),
            line.GetValueOrDefault("x_size") is [var size] && size > 0 ? size : bottom - top,
            word.GetValueOrDefault("x_wconf") is [var confidence] ? Math.Clamp(confidence / 100, 0, 1) : 0,
            number,
            IsUpOrDown(line, slope)));
    }

    // The engine reads lines that run up or down too, and does not always say that they do: their baseline is steep, or
    // they are higher than wide.
    private static bool IsUpOrDown(Dictionary<string, double[]> line, double slope) =>
        line.GetValueOrDefault("textangle") is [not 0]
        || Math.Abs(slope) > 1
        || (line["bbox"] is [var left, var top, var right, var bottom] && bottom - top > HeightMax * (right - left));

    // "bbox 154 163 300 202; x_wconf 89"
    private static Dictionary<string, double[]> Properties(string title)
    {
        var properties = new Dictionary<string, double[]>(StringComparer.Ordinal);
        foreach (var property in title.Split(';', StringSplitOptions.TrimEntries))
        {
            var parts = property.Split(' ');
            var numbers = parts.Skip(1)
                .Select(part => double.TryParse(part, CultureInfo.InvariantCulture, out var number) ? number : 0)
                .ToArray();
            properties[parts[0]] = numbers;
        }

        return properties;
    }
}
