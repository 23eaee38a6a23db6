using Terroir.Sovereignty;

namespace Terroir.Tests.Sovereignty;

public sealed class LabelRulesTests
{
    private static readonly CollectionId Care = new("soins");
    private static readonly CollectionId Office = new("bureau");

    [Theory]
    [InlineData("public", Classification.Public)]
    [InlineData("Confidentiel", Classification.Confidential)]
    [InlineData("dossier", Classification.Internal)]
    [InlineData("", Classification.Internal)]
    public void Without_rules_a_label_says_how_confidential_a_document_is(string label, Classification expected) =>
        Assert.Equal(new DataLabels { Classification = expected }, LabelRules.None.Find(Care, label));

    [Fact]
    public void All_rules_that_fit_are_joined()
    {
        var rules = new LabelRules(
        [
            new LabelRule { Label = "Dossier", Labels = new() { Countries = ["CH", "FR"], Contracts = ["HDS"] } },
            new LabelRule { Collection = Care, Labels = new() { Countries = ["DE", "FR"], Personal = ["health"] } },
            new LabelRule { Collection = Office, Labels = new() { Countries = ["BE"] } },
        ]);

        var labels = rules.Find(Care, " dossier ");

        Assert.Equal(
            new DataLabels
            {
                Classification = Classification.Internal,
                Countries = ["FR"],
                Contracts = ["HDS"],
                Personal = ["health"],
            },
            labels);
    }

    [Theory]
    [InlineData("dossier", Classification.Public, Classification.Public)]
    [InlineData("dossier", Classification.Secret, Classification.Secret)]
    [InlineData("confidentiel", Classification.Public, Classification.Confidential)]
    [InlineData("confidentiel", Classification.Secret, Classification.Secret)]
    public void A_rule_says_what_a_label_of_the_site_means_and_makes_no_known_one_less_strict(
        string label,
        Classification written,
        Classification expected)
    {
        var rules = new LabelRules([new LabelRule { Label = label, Classification = written }]);

        Assert.Equal(expected, rules.Find(Care, label).Classification);
    }
}
