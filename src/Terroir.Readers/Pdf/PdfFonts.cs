using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Tokens;

namespace Terroir.Readers.Pdf;

/// <summary>What the fonts of a document do not say: the letters of TeX's fonts.</summary>
internal sealed class PdfFonts(PdfDocument document)
{
    private readonly Dictionary<IndirectReference, string?> _tables = [];

    /// <summary>The text of a letter; empty if it has none.</summary>
    public string TextOf(Letter letter)
    {
        var value = letter.Value;
        if (value is not { Length: 1 } || value[0] > '\u00ff' || TableOf(letter) is not { } table)
        {
            return value ?? "";
        }

        return TexFonts.LetterOf(table, value[0]);
    }

    private string? TableOf(Letter letter)
    {
        if (letter.FontDetails.FontDictionaryReference is not { } reference)
        {
            return null;
        }

        if (!_tables.TryGetValue(reference, out var table))
        {
            _tables[reference] = table = TexFonts.TableOf(letter.FontName ?? "") is { } known && !HasLetters(reference)
                ? known
                : null;
        }

        return table;
    }

    private bool HasLetters(IndirectReference reference) =>
        document.Structure.GetObject(reference)?.Data is not DictionaryToken font
        || font.ContainsKey(NameToken.ToUnicode)
        || font.ContainsKey(NameToken.Encoding);
}
