using CsCheck;
using Terroir.Retrieval.Text;

namespace Terroir.Tests.Retrieval.Text;

public sealed class IdentifierFinderTests
{
    [Theory]
    [InlineData("id:l1234-5", "L1234-5", "L. 1234-5", "L.1234-5", "article l1234-5.", "(L 1234-5)", "L1234\u20115")]
    [InlineData("id:r4127-35", "R. 4127-35", "R4127-35", "r 4127-35")]
    [InlineData("id:732829320", "732 829 320", "732829320", "SIREN : 732 829 320.", "732.829.320")]
    [InlineData("id:73282932000074", "732 829 320 00074", "73282932000074", "732\u00A0829\u00A0320\u00A000074")]
    [InlineData("id:0145678901", "01 45 67 89 01", "0145678901", "01.45.67.89.01", "+33 1 45 67 89 01")]
    [InlineData("id:2024-03-12", "12/03/2024", "12 mars 2024", "2024-03-12", "12.3.2024", "March 12, 2024")]
    [InlineData("id:2024-08-01", "1er août 2024", "1 aout 2024", "01/08/2024")]
    [InlineData("id:v2.1.3", "v2.1.3", "version 2.1.3", "2.1.3", "V 2.1.3")]
    [InlineData("id:covid19", "COVID-19", "Covid-19", "covid19", "COVID 19")]
    [InlineData("id:2023-117", "n° 2023-117", "2023/117", "n°2023-117")]
    [InlineData("id:5mg", "5 mg", "5mg", "5 MG", "5\u00A0mg")]
    [InlineData("id:2.5%", "2,5 %", "2.5%", "2,5 pour cent")]
    [InlineData("id:12€", "12 €", "12€", "12 euros")]
    public void Every_spelling_has_the_same_name(string expected, params string[] spellings) =>
        Assert.All(
            spellings,
            text => Assert.Equal(expected, Assert.Single(IdentifierFinder.Find(text)).Term));

    [Theory]
    [InlineData("Le parking a trois niveaux.")]
    [InlineData("page 12 sur 40, en 2024")]
    [InlineData("le 31/02/2024x")]
    [InlineData("12 345 678")]
    [InlineData("the x-15 wing")]
    public void Plain_numbers_are_only_words(string text) => Assert.Empty(IdentifierFinder.Find(text));

    [Theory]
    [InlineData("١٢ mars 2024")]
    [InlineData("١٢/٠٣/2024 et 1")]
    public void Figures_of_other_scripts_are_words(string text) => Assert.Empty(IdentifierFinder.Find(text));

    [Fact]
    public void A_range_covers_the_whole_spelling()
    {
        const string Text = "Vu l’article L. 1234-5 du 12 mars 2024, dose de 5 mg";

        Assert.Equal(
            "L. 1234-5 | 12 mars 2024 | 5 mg",
            string.Join(" | ", IdentifierFinder.Find(Text).Select(token => Text[token.Start..token.End])));
    }

    [Fact]
    public void Any_text_gives_ranges_in_order_that_do_not_overlap() =>
        Gen.String[Gen.Char["0123456789 -/.,+vLmg€éM\n١"], 0, 120].Sample(
            text =>
            {
                var end = 0;
                Assert.All(IdentifierFinder.Find(text), token =>
                {
                    Assert.InRange(token.Start, end, token.End - 1);
                    end = token.End;
                });
            },
            iter: 3_000);
}
