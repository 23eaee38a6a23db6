using CsCheck;
using Terroir.Retrieval.Queries;
using Terroir.Retrieval.Vocabulary;

namespace Terroir.Tests.Retrieval.Vocabulary;

public sealed class AcronymFinderTests
{
    [Theory]
    [InlineData("Le Centre hospitalier universitaire (CHU) de Valmont", "chu=centre hospitalier universitaire")]
    [InlineData("au CHU (Centre hospitalier universitaire)", "chu=centre hospitalier universitaire")]
    [InlineData("Saisir l’agence régionale de santé (ARS) avant", "ars=agence regionale de sante")]
    [InlineData("l'établissement français du sang (EFS)", "efs=etablissement francais du sang")]
    [InlineData("la non-conformité majeure (NCM)", "ncm=non conformite majeure")]
    [InlineData("Hospital-acquired infections (HAI) rose", "hai=hospital acquired infections")]
    [InlineData("heat shock protein 70 (HSP70)", "hsp70=heat shock protein 70")]
    [InlineData("la DMS (durée moyenne de séjour, en jours)", "dms=duree moyenne de sejour")]
    public void A_short_form_in_brackets_or_before_them_is_found(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', AcronymFinder.Find(text).Select(item => $"{item.Short}={item.Long}")));

    [Theory]
    [InlineData("Voir le plan (annexe 2) et le CHU (à Valmont).")]
    [InlineData("le parking (P2) est plein")]
    [InlineData("Le centre hospitalier (XYZ)")]
    [InlineData("Tarif (CHU")]
    [InlineData("la durée. Moyenne (DM)")]
    [InlineData("CHU (CHU de Valmont)")]
    [InlineData("() (A) (AB)")]
    public void Brackets_that_explain_nothing_give_nothing(string text) => Assert.Empty(AcronymFinder.Find(text));

    [Fact]
    public void Any_text_gives_short_forms_whose_letters_stand_in_the_long_ones_in_order() =>
        Gen.String[Gen.Char["ABCab é(-) .,'"], 0, 80].Sample(
            text => Assert.All(AcronymFinder.Find(text), acronym =>
            {
                Assert.InRange(acronym.Long.Split(' ').Length, 2, AcronymFinder.WordCountMax);
                Assert.Equal(acronym.Short[0], acronym.Long[0]);
                var at = -1;
                Assert.All(acronym.Short, letter => Assert.True((at = acronym.Long.IndexOf(letter, at + 1)) >= 0));
                Assert.Equal(acronym.Short, FoldedWords.Fold(acronym.Short));
            }),
            iter: 3_000);
}
