using System.Globalization;
using Terroir.Documents;

namespace Terroir.Web;

/// <summary>Says in words where something stands in the original file.</summary>
public static class PlaceWords
{
    /// <summary>Describes a place, such as « page 3 » or « feuille Tarifs, B2:D9 ».</summary>
    /// <param name="place">The place.</param>
    /// <param name="text">The words to use.</param>
    /// <returns>The words; empty for the file as a whole.</returns>
    public static string Describe(SourcePlace place, ConsoleText text)
    {
        ArgumentNullException.ThrowIfNull(place);
        ArgumentNullException.ThrowIfNull(text);
        string?[] parts =
        [
            Numbered(text.Page, place.Page),
            Numbered(text.Slide, place.Slide),
            place.Sheet is { } sheet ? $"{text.Sheet} {sheet}" : null,
            place.Cells,
            Numbered(text.Paragraph, place.Paragraph),
            Numbered(text.Line, place.Line),
        ];
        return string.Join(", ", parts.Where(part => part is not null));
    }

    private static string? Numbered(string word, int? number) =>
        number is { } value ? string.Create(CultureInfo.InvariantCulture, $"{word}\u00A0{value}") : null;
}
