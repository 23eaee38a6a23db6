using System.Text.RegularExpressions;

namespace Terroir.Readers.Pdf;

/// <summary>Tells the words that belong to a table or a figure: "Tableau 3 – ...", "Fig. 2. ...".</summary>
internal static partial class Captions
{
    public static bool IsCaption(string text) => text.Length < 600 && Numbered().IsMatch(text);

    [GeneratedRegex(
        @"^(?:table|tableau|tabelle|tabla|figure|figura|fig\.?|abbildung|abb\.|graphique|chart|illustration|listing"
        + "|encadré)"
        + @"\s*(?:n°\s*)?(?:[A-Z]\.?)?\d+(?:[.\-–]\d+)*[a-z]?\s*(?:[.:–—|\-]|$|(?=\p{Lu}))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        1_000)]
    private static partial Regex Numbered();
}
