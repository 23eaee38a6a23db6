using Terroir.Answers.Extractive;
using Terroir.Retrieval;

namespace Terroir.Tests.Answers;

public sealed class TermFamilyTests
{
    [Theory]
    [InlineData("livrées", "livraison", true)]
    [InlineData("transfuser", "transfusion", true)]
    [InlineData("déclarer", "déclaration", true)]
    [InlineData("restaurer", "restauration", true)]
    [InlineData("port", "portefeuille", false)]
    [InlineData("franc", "français", false)]
    [InlineData("bal", "balance", false)]
    public void Words_of_one_family_begin_alike_and_end_like_nouns_and_verbs(string one, string other, bool expected) =>
        Assert.Equal(expected, TermFamily.IsShared(TermOf(one), TermOf(other)));

    private static string TermOf(string word) => Assert.Single(QueryTerms.Of(word, "fr"));
}
