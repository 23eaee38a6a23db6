using CsCheck;
using Terroir.Retrieval.Text;

namespace Terroir.Tests.Retrieval;

public sealed class TextAnalysisTests
{
    private static readonly string[] Pieces =
    [
        "parking", "L'hôpital", "qu'il", "aujourd'hui", "L’été", "3,5", "1.5.2", "L1234-5", "a.b", "A:b",
        "x;y", "_a_b", "patient's", "CO2", "C++", "e\u0301te\u0301", "cœur", "Straße", "l'", "'", "d'où",
        "日本語", "Москва", "𝔘ni", "½", "m²", "n°5", "«mot»", "été", "ETE", "10h30", "12:30",
        "10,b", "b,10", "a'1", "1'a", "--", "mid·dle", "soft\u00ADhy", "€5", "\u0301x", "ﬁn", "Ωmega",
        "\u200Bz", "naïve", new string('w', 300), "www.a-b.fr", "x@y.fr", "₂", "ª", "µg", "…",
    ];

    private static readonly string[] Joints = [" ", "", "\n", " \u0301", "\u00A0", "\t", ".", ", ", "'", "-", "\u2028"];

    private static readonly Gen<string> AnyText =
        Gen.Select(Gen.Int[0, Pieces.Length - 1], Gen.Int[0, Joints.Length - 1], (piece, joint) =>
            Pieces[piece] + Joints[joint]).Array[0, 12].Select(string.Concat);

    public static TheoryData<string> Chains => [.. TextAnalysis.Chains];

    [Theory]
    [MemberData(nameof(Chains))]
    public void Cutting_words_ourselves_gives_the_terms_of_the_whole_analyzer(string chain) =>
        AnyText.Sample(
            text => Assert.Equal(TextAnalysis.AnalyzeSlowly(text, chain), TextAnalysis.Analyze(text, chain)),
            iter: 3_000);

    [Theory]
    [MemberData(nameof(Chains))]
    public void Every_character_of_the_first_planes_rows_cuts_as_the_whole_analyzer_cuts(string chain)
    {
        for (var value = 1; value < 0x3000; value++)
        {
            var c = (char)value;
            var text = $"ab{c}cd {c}ef gh{c} 12{c}34 ij{c}56 78{c}kl {c}{c} m{c}{c}n";
            Assert.Equal(TextAnalysis.AnalyzeSlowly(text, chain), TextAnalysis.Analyze(text, chain));
        }
    }

    [Theory]
    [InlineData("été", "ete")]
    [InlineData("thé", "the")]
    [InlineData("même", "meme")]
    [InlineData("cœur", "coeur")]
    [InlineData("hôpital", "hopital")]
    [InlineData("l’hôpital", "hôpitaux")]
    [InlineData("congés", "conges")]
    [InlineData("congé", "conges")]
    [InlineData("médiation familiale", "mediation familiale")]
    [InlineData("société", "societes")]
    [InlineData("e\u0301cole", "école")]
    [InlineData("CONGÉS PAYÉS", "congés payés")]
    [InlineData("prénom", "prenoms")]
    [InlineData("père", "pere")]
    [InlineData("première", "premiere")]
    [InlineData("déménagée", "demenagee")]
    public void Words_meet_whatever_their_accents_and_number(string one, string other) =>
        Assert.Equal(Terms(NormalForm.Of(one)), Terms(NormalForm.Of(other)));

    [Fact]
    public void A_range_leaves_the_elided_article_out()
    {
        const string Text = "À l’hôpital, jusqu'au soir d'hiver";

        var words = TextAnalysis.Analyze(Text, "fr").Select(token => Text[token.Start..token.End]);

        Assert.Equal("hôpital soir hiver", string.Join(' ', words));
    }

    private static string Terms(string text) =>
        string.Join(' ', TextAnalysis.Analyze(text, "fr").Select(token => token.Term));
}
