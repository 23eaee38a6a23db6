using System.Globalization;
using Terroir.Documents;
using Terroir.Ingestion.Text;

namespace Terroir.Tests.Ingestion;

public sealed class ValidityRulesTests
{
    [Theory]
    [InlineData("Valable jusqu'au 31 décembre 2026.", "..2026-12-31")]
    [InlineData("En vigueur à compter du 1er mars 2025", "2025-03-01..")]
    [InlineData("Applicable du 1er janvier au 31 mars 2025", "2025-01-01..2025-03-31")]
    [InlineData("Applicable du 15/12/2024 au 31/03/2025.", "2024-12-15..2025-03-31")]
    [InlineData("Tarifs valables du 1er janvier 2025 au 31 décembre 2025", "2025-01-01..2025-12-31")]
    [InlineData("Date d'application : 03/04/2025", "2025-04-03..")]
    [InlineData("Date d’entrée en vigueur : le 1er FÉVRIER 2025", "2025-02-01..")]
    [InlineData("Date de fin de validité : 30.06.2026", "..2026-06-30")]
    [InlineData("Validité : du 1er septembre 2025 au 31 août 2026", "2025-09-01..2026-08-31")]
    [InlineData("La présente note entre en vigueur le 1er mars 2025.", "2025-03-01..")]
    [InlineData("Mesdames, Messieurs. Cette procédure est applicable à compter du 2 mai 2025 et jusqu'au 2 mai 2027.",
        "2025-05-02..2027-05-02")]
    [InlineData("Le présent règlement expire le 31 décembre 2025.", "..2025-12-31")]
    [InlineData("Version du 12/03/2024", "2024-03-12..")]
    [InlineData("Version du 12/03/2024, annule et remplace la version du 05/01/2022", "2024-03-12..")]
    [InlineData("Version du 12/03/2024\nApplicable à partir du 1er avril 2024", "2024-04-01..")]
    [InlineData("Effective from March 1, 2025", "2025-03-01..", "en")]
    [InlineData("Effective date: 1 March 2025", "2025-03-01..", "en")]
    [InlineData("Expires: 31 December 2026", "..2026-12-31", "en")]
    [InlineData("Valid from 1 January to 31 March 2025", "2025-01-01..2025-03-31", "en")]
    [InlineData("This policy is effective from 2025-03-01 until 2026-02-28.", "2025-03-01..2026-02-28", "en")]
    [InlineData("This notice expires on 30th June 2026.", "..2026-06-30", "en")]
    [InlineData("Expires: 25/12/2026", "..2026-12-25", "en")]
    [InlineData("Expires: 12/25/2026", "..2026-12-25", "en")]
    public void A_document_says_from_when_to_when_it_holds(string text, string expected, string language = "fr") =>
        Assert.Equal(expected, Read(language, new ParagraphBlock(text, SourcePlace.Whole)));

    [Theory]
    [InlineData("Né le 31/12/1980 à Valmont.")]
    [InlineData("Date de naissance : 31/12/1980")]
    [InlineData("La carte est valable jusqu'au 31 décembre 2026.")]
    [InlineData("Votre badge expire le 31 décembre 2026.")]
    [InlineData("Annule et remplace la version du 05/01/2022")]
    [InlineData("Cette note annule et remplace celle en vigueur depuis le 1er mars 2020.")]
    [InlineData("Le contrat du patient entre en vigueur le 1er mars 2025.")]
    [InlineData("Valable jusqu'au 31 février 2026.")]
    [InlineData("Applicable du 31 mars 2025 au 1er janvier 2025")]
    [InlineData("Valable jusqu'au 31/12/2025.\nValable jusqu'au 31/12/2026.")]
    [InlineData("Expires: 03/04/2026", "en")]
    [InlineData("The parking permit is valid until 31 December 2026.", "en")]
    public void A_date_of_something_else_or_of_two_meanings_is_none(string text, string language = "fr") =>
        Assert.Equal("..", Read(language, new ParagraphBlock(text, SourcePlace.Whole)));

    [Fact]
    public void Rows_items_and_code_speak_of_other_things() =>
        Assert.Equal("..", Read(
            "fr",
            new ListItemBlock(0, null, "Valable jusqu'au 31/12/2026", SourcePlace.Whole),
            new CodeBlock("Valable jusqu'au 31/12/2026", SourcePlace.Whole),
            new TableBlock(
                [new TableRow(["Badge", "Valable jusqu'au 31/12/2026"], SourcePlace.Whole)],
                0,
                SourcePlace.Whole)));

    [Fact]
    public void What_stands_in_the_middle_of_a_long_document_speaks_of_other_things()
    {
        var filler = new ParagraphBlock(new string('x', NearLines.HeadSizeMaxBytes), SourcePlace.Whole);

        Assert.Equal("..", Read("fr", filler, new ParagraphBlock("Version du 12/03/2024", SourcePlace.Whole), filler));
        Assert.Equal("2024-03-12..", Read(
            "fr", filler, filler, new ParagraphBlock("Version du 12/03/2024", SourcePlace.Whole)));
    }

    [Theory]
    [InlineData("Règlement intérieur – en vigueur à compter du 1er mars 2025", "2025-03-01..")]
    [InlineData("Tarifs (applicables du 1er janvier au 31 décembre 2025)", "2025-01-01..2025-12-31")]
    [InlineData("Liste des cartes valables jusqu'au 31 décembre 2025", "..")]
    public void A_title_says_it_after_a_dash_or_in_brackets(string title, string expected) =>
        Assert.Equal(expected, Read("fr", title, new ParagraphBlock("x", SourcePlace.Whole)));

    private static string Read(string language, params Block[] blocks) => Read(language, "Note", blocks);

    private static string Read(string language, string title, params Block[] blocks)
    {
        var text = CanonicalText.From(blocks);
        return Show(ValidityRules.Read(title, text, BlockLanguages.Of(title, text, language, language)));
    }

    private static string Show(Validity validity) =>
        string.Create(CultureInfo.InvariantCulture, $"{validity.From:yyyy-MM-dd}..{validity.Until:yyyy-MM-dd}");
}
