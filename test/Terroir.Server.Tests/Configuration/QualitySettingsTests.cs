using Terroir.Documents;
using Terroir.Ingestion.Quality;
using Terroir.Server.Configuration;

namespace Terroir.Server.Tests.Configuration;

public sealed class QualitySettingsTests
{
    [Fact]
    public void A_site_that_says_nothing_holds_what_cannot_be_read_and_nothing_else()
    {
        var rule = Parse("server:\n  demo: true\n").For(new CollectionId("soins"));

        Assert.Equal(new QualityBounds(QualityGrade.D, Hold: null), rule.Overall);
        Assert.Equal(new QualityBounds(QualityGrade.D, QualityGrade.E), rule.Axes[QualityAxis.Readability]);
        Assert.Equal(new QualityBounds(QualityGrade.D, Hold: null), rule.Axes[QualityAxis.Poisoning]);
        Assert.Equal(2, rule.Axes.Count);
        Assert.Equal(730, rule.FreshDays);
    }

    [Fact]
    public void A_collection_has_the_default_where_it_says_nothing_itself()
    {
        var rules = Parse(
            """
            ingestion:
              quality:
                default:
                  warn: C
                  freshDays: 365
                  readability: { hold: D, warn: C }
                collections:
                  soins:
                    hold: d
                    freshness: { hold: E }
                    readability: { hold: never }
            """);

        var (soins, other) = (rules.For(new CollectionId("soins")), rules.For(new CollectionId("rh")));

        Assert.Equal(new QualityBounds(QualityGrade.C, Hold: null), other.Overall);
        Assert.Equal(new QualityBounds(QualityGrade.C, QualityGrade.D), soins.Overall);
        Assert.Equal(new QualityBounds(QualityGrade.C, QualityGrade.D), other.Axes[QualityAxis.Readability]);
        Assert.Equal(new QualityBounds(QualityGrade.C, Hold: null), soins.Axes[QualityAxis.Readability]);
        Assert.Equal(new QualityBounds(Warn: null, QualityGrade.E), soins.Axes[QualityAxis.Freshness]);
        Assert.Equal((365, 365), (soins.FreshDays, other.FreshDays));
    }

    [Theory]
    [InlineData("warn: D", "'default:'")]
    [InlineData("defualt: { warn: D }", "'default:'")]
    [InlineData("default: { wran: D }", "'warn', 'hold' or 'freshDays'")]
    [InlineData("default: { warn: F }", "'F' is no grade")]
    [InlineData("default: { hold: A }", "every document")]
    [InlineData("default: { hold: }", "is no grade")]
    [InlineData("default: { legibility: { hold: E } }", "'legibility' is no axis")]
    [InlineData("default: { duplication: { hold: E } }", "never held")]
    [InlineData("default: { freshDays: 0 }", "number of days")]
    [InlineData("default: { freshDays: un an }", "number of days")]
    [InlineData("default: { warn: D, hold: C }", "better grade")]
    [InlineData("collections: { Soins Intensifs: { warn: D } }", "no name of a collection")]
    [InlineData("collections: { soins: D }", "'default:'")]
    [InlineData("default: [D, E]", "'warn', 'hold' or 'freshDays'")]
    public void A_rule_that_cannot_be_meant_is_refused_with_its_line(string rule, string part)
    {
        var error = Assert.Throws<FormatException>(() => Parse($"ingestion:\n  quality:\n    {rule}\n"));

        Assert.StartsWith("terroir.yaml:3: Ingestion:Quality:", error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    private static QualityRules Parse(string yaml) => QualitySettings.Parse(YamlSettings.Parse(yaml, "terroir.yaml"));
}
