using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Tokens;

namespace Terroir.Readers.Pdf;

/// <summary>What the fonts of a document do not say: the letters of TeX's fonts.</summary>
internal sealed class PdfFonts(PdfDocument document)
{
    private readonly Dictionary<IndirectReference, string?> _tables = [];
    private readonly Dictionary<IndirectReference, bool> _mute = [];

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

    /// <summary>Whether a font says nowhere which letters it draws: its codes number the glyphs of its own file, and it
    /// has no table of Unicode.</summary>
    public bool IsMute(Letter letter)
    {
        if (letter.FontDetails.FontDictionaryReference is not { } reference)
        {
            return false;
        }

        if (!_mute.TryGetValue(reference, out var isMute))
        {
            _mute[reference] = isMute =
                document.Structure.GetObject(reference)?.Data is DictionaryToken font
                && font.TryGet(NameToken.Subtype, out NameToken kind) && kind.Data is "Type0"
                && !font.ContainsKey(NameToken.ToUnicode)
                && font.TryGet(NameToken.Encoding, out NameToken encoding)
                && encoding.Data.StartsWith("Identity", StringComparison.Ordinal);
        }

        return isMute;
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
