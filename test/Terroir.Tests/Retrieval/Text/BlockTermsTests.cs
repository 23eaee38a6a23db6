using Terroir.Retrieval.Text;

namespace Terroir.Tests.Retrieval.Text;

public sealed class BlockTermsTests
{
    private const string Notice = "Ce document est la propriété de l'hôpital.";

    [Theory]
    [InlineData("CE DOCUMENT EST LA PROPRIETE DE L’HOPITAL")]
    [InlineData("> **Ce document** est la propriété de l'hôpital !")]
    public void Case_accents_and_marks_do_not_change_the_name(string other) =>
        Assert.Equal(Name(Notice), Name(other));

    [Fact]
    public void Figures_do_not_change_the_name_and_words_do()
    {
        Assert.Equal(Name("Version du 12/03/2024, page 1"), Name("Version du 30/11/2026, page 9"));
        Assert.NotEqual(Name(Notice), Name(Notice + " Oui"), StringComparer.Ordinal);
    }

    [Fact]
    public void A_block_is_a_line_that_is_neither_short_nor_long()
    {
        var text = $"court\n{Notice}\n{new string('x', BlockTerms.LengthMax + 1)}";

        var block = Assert.Single(BlockTerms.Of(text));

        Assert.Equal(Notice, text[block.Start..block.End]);
    }

    [Fact]
    public void Of_a_document_the_first_and_the_last_blocks_are_named()
    {
        string[] passages = ["Premier paragraphe du texte\nDeuxième paragraphe du texte", Lines('a', 5), Lines('b', 3)];

        var edges = BlockTerms.Edges(passages).ToArray();

        Assert.Equal("0 0 1 2 2 2", string.Join(' ', edges.Select(edge => edge.Passage)));
        Assert.Equal(Name("Ligne a numéro quatre du texte"), edges[2].Term);
    }

    [Fact]
    public void A_short_document_has_each_block_once()
    {
        var edge = Assert.Single(BlockTerms.Edges([Notice]));

        Assert.Equal((0, Name(Notice)), edge);
    }

    private static string Name(string text) => Assert.Single(BlockTerms.Of(text)).Term;

    private static string Lines(char name, int count) => string.Join(
        '\n',
        ((string[])["zéro", "un", "deux", "trois", "quatre"])[..count]
            .Select(number => $"Ligne {name} numéro {number} du texte"));
}
