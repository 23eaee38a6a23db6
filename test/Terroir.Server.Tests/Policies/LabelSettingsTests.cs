using Microsoft.Extensions.Configuration;
using Terroir.Server.Configuration;
using Terroir.Server.Policies;
using Terroir.Sovereignty;

namespace Terroir.Server.Tests.Policies;

public sealed class LabelSettingsTests
{
    [Fact]
    public void A_rule_says_what_a_label_and_a_collection_mean()
    {
        var rules = Parse(
            """
            labels:
              rules:
                - label: dossier patient
                  classification: confidentiel
                  countries: [FR, CH]
                  purposes: soins
                  contracts: [HDS-2026/07]
                  personal: [health]
                - collection: rh
                  countries: FR
            """);

        Assert.Equal(
            new DataLabels
            {
                Classification = Classification.Confidential,
                Countries = ["FR"],
                Purposes = ["soins"],
                Contracts = ["HDS-2026/07"],
                Personal = ["health"],
            },
            rules.Find(new CollectionId("rh"), "Dossier patient"));
    }

    [Theory]
    [InlineData("countries: FR", "neither 'label:' nor 'collection:'")]
    [InlineData("label: a, country: FR", "'country' is none of")]
    [InlineData("label: a, countries: [fr]", "'fr' does not fit 'countries:'")]
    [InlineData("label: a, countries: ''", "'' does not fit 'countries:'")]
    [InlineData("label: a, classification: rouge", "'rouge' is no classification: public, internal")]
    [InlineData("collection: 'A B'", "'A B' is no name of a collection")]
    [InlineData("label: a, purposes: ['-']", "'-' does not fit 'purposes:'")]
    public void A_rule_that_is_not_understood_is_refused(string rule, string expected)
    {
        var exception = Assert.Throws<FormatException>(() => Parse($"labels: {{ rules: [{{ {rule} }}] }}"));

        Assert.StartsWith("labels: rules:", exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    private static LabelRules Parse(string yaml) => LabelSettings.Read(new ConfigurationBuilder()
        .AddInMemoryCollection(YamlSettings.Parse(yaml, "terroir.yaml")
            .Select(setting => KeyValuePair.Create(setting.Key, setting.Value)))
        .Build());
}
