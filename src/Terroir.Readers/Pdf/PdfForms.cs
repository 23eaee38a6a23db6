using UglyToad.PdfPig;
using UglyToad.PdfPig.AcroForms;
using UglyToad.PdfPig.AcroForms.Fields;
using UglyToad.PdfPig.Core;

namespace Terroir.Readers.Pdf;

/// <summary>What people filled into a form: each value stands as words where its field is.</summary>
internal sealed class PdfForms
{
    /// <summary>A form with more fields is read without the rest.</summary>
    private const int FieldCountMax = 10_000;

    private const int ValueLengthMax = 10_000;

    private readonly ILookup<int, AcroFieldBase> _fields;

    private PdfForms(ILookup<int, AcroFieldBase> fields) => _fields = fields;

    /// <summary>The form of a document; empty if it has none that can be read.</summary>
    public static PdfForms Of(PdfDocument document)
    {
        try
        {
            if (document.TryGetForm(out var form))
            {
                return new PdfForms(form.GetFields()
                    .Where(field => field.PageNumber is not null && field.Bounds is not null)
                    .Take(FieldCountMax)
                    .ToLookup(field => field.PageNumber!.Value));
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not OutOfMemoryException)
        {
            // A broken form costs its values alone.
        }

        return new PdfForms(Enumerable.Empty<AcroFieldBase>().ToLookup(_ => 0));
    }

    /// <summary>The values on a page as words.</summary>
    public IEnumerable<PdfWord> WordsOf(int page, int turn) =>
        _fields[page].SelectMany(field => Words(ValueOf(field), field.Bounds!.Value, turn));

    private static string ValueOf(AcroFieldBase field) => field switch
    {
        AcroTextField text => text.Value ?? "",
        AcroCheckboxField box => box.IsChecked ? "☒" : "☐",
        AcroRadioButtonField radio => radio.IsSelected ? "☒" : "☐",
        AcroComboBoxField combo => string.Join(", ", combo.SelectedOptions ?? []),
        AcroListBoxField list => string.Join(", ", list.SelectedOptions ?? []),
        _ => "",
    };

    // The lines of a value from the top of its field; words as wide as their letters are on average.
    private static IEnumerable<PdfWord> Words(string value, PdfRectangle bounds, int turn)
    {
        var lines = value[..Math.Min(value.Length, ValueLengthMax)]
            .Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var (x1, y1) = Turned.Into(bounds.Left, bounds.Bottom, turn);
        var (x2, y2) = Turned.Into(bounds.Right, bounds.Top, turn);
        var (left, width, height) = (Math.Min(x1, x2), Math.Abs(x2 - x1), Math.Abs(y2 - y1));
        var size = Math.Clamp(0.7 * height / Math.Max(1, lines.Length), 1, 10);
        for (var index = 0; index < lines.Length; index++)
        {
            var words = lines[index].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var letters = words.Sum(word => word.Length) + (0.6 * (words.Length - 1));
            var letter = Math.Min(0.5 * size, width / Math.Max(1, letters));
            var baseline = Math.Max(y1, y2) - ((index + 0.75) * (height / lines.Length));
            var x = left;
            foreach (var word in words)
            {
                yield return new PdfWord
                {
                    Text = word,
                    Left = x,
                    Right = x + (letter * word.Length),
                    Bottom = baseline - (0.22 * size),
                    Top = baseline + (0.74 * size),
                    Baseline = baseline,
                    Size = size,
                    Font = "",
                    Order = int.MaxValue,
                    HasSpaceBefore = true,
                    HasSpaceAfter = true,
                };
                x += letter * (word.Length + 0.6);
            }
        }
    }
}
