using System.Globalization;
using CsCheck;
using Terroir.Answers;

namespace Terroir.Tests.Answers;

public sealed class FiguresTests
{
    private const string Separators = " \u00A0\u202F";

    [Theory]
    [InlineData("fr", "Il coûte 1 250,50 €.", "1250.5")]
    [InlineData("fr", "Il coûte 1\u202F250,50 €.", "1250.5")]
    [InlineData("fr", "Il coûte 1.250,5 €.", "1250.5")]
    [InlineData("en", "It costs 1,250.50 €.", "1250.5")]
    [InlineData("fr", "Une dose de 0,125 mg.", "0.125")]
    [InlineData("fr", "Une dose de 1,125 mg.", "1.125")]
    [InlineData("en", "A dose of 0.125 mg.", "0.125")]
    [InlineData("fr", "Un prix de 3.50 euros.", "3.5")]
    [InlineData("fr", "Le 01.02.2026 et le 01/02/2026.", "1 2 2026")]
    [InlineData("fr", "Ouvert de 07h30 à 18 h.", "18 30 7")]
    [InlineData("fr", "Le 1er mars, à 12 %, au 2e étage.", "1 12 2")]
    [InlineData("en", "On the 3rd and the 24th.", "24 3")]
    [InlineData("fr", "Dans vingt-et-un jours.", "21")]
    [InlineData("fr", "Quatre-vingt-dix-sept lits.", "97")]
    [InlineData("fr", "Deux cent cinquante mille euros.", "250000")]
    [InlineData("en", "Twenty-one days.", "21")]
    [InlineData("en", "Two hundred and five beds.", "205")]
    [InlineData("fr", "Une chambre pour un patient.", "")]
    [InlineData("en", "One of the rooms.", "")]
    public void Numbers_have_one_spelling(string language, string text, string expected) =>
        Assert.Equal(
            expected,
            string.Join(' ', Figures.Of(text, language).Numbers.Order(StringComparer.Ordinal)));

    [Theory]
    [InlineData("Dans 30 minutes.", "30 minute")]
    [InlineData("Dans trente min.", "30 minute")]
    [InlineData("À 7h30.", "7 heure")]
    [InlineData("41 millions d'euros.", "41 million")]
    [InlineData("12 % du prix.", "12 %")]
    [InlineData("Douze pour cent du prix.", "12 %")]
    [InlineData("Vingt jours et 2 h.", "2 heure, 20 jour")]
    [InlineData("Chaque jour, 12 lits.", "")]
    public void A_unit_belongs_to_the_number_before_it(string text, string expected) =>
        Assert.Equal(
            expected,
            string.Join(", ", Figures.Of(text, "fr").Counts.Select(count => $"{count.Number} {count.Unit}")
                .Order(StringComparer.Ordinal)));

    [Theory]
    [InlineData("20 minutes", "20 minutes", true)]
    [InlineData("20 minutes", "20 jours, et 5 minutes", false)]
    [InlineData("12 €", "| Prix (€) | 12 |", true)]
    [InlineData("12 €", "| Prix (h) | 12 |", false)]
    [InlineData("12", "12 €", true)]
    [InlineData("13", "12 €", false)]
    public void A_claim_agrees_when_its_numbers_are_quoted_with_their_units(string claim, string quote, bool agrees) =>
        Assert.Equal(agrees, Figures.Agree(Figures.Of(claim, "fr"), [Figures.Of(quote, "fr")]));

    [Fact]
    public void A_number_is_found_however_french_groups_its_digits() =>
        Gen.Select(Gen.Int[0, 99_999_999], Gen.Int[0, Separators.Length - 1]).Sample((number, index) =>
        {
            var separator = $"{Separators[index]}";
            var format = new NumberFormatInfo { NumberGroupSeparator = separator, NumberGroupSizes = [3] };
            var text = $"Il y en a {number.ToString("N0", format)} au total.";

            Assert.Equal(
                number.ToString(CultureInfo.InvariantCulture),
                Assert.Single(Figures.Of(text, "fr").Numbers));
        });
}
