using Terroir.Ingestion;
using Terroir.Server.Configuration;

namespace Terroir.Server.Tests.Configuration;

public sealed class ReadingSettingsTests
{
    [Fact]
    public void Collections_that_keep_boilerplate_are_listed_by_name() => Assert.Equal(
        ["presse", "site-public"],
        Parse("ingestion:\n  keepBoilerplate: [presse, site-public]\n").KeepsBoilerplate
            .Select(collection => collection.Value)
            .Order(StringComparer.Ordinal),
        StringComparer.Ordinal);

    [Fact]
    public void Where_nothing_is_said_none_does() => Assert.Empty(Parse("server:\n  demo: true\n").KeepsBoilerplate);

    [Fact]
    public void What_is_no_name_is_refused_with_its_line()
    {
        var error = Assert.Throws<FormatException>(() => Parse("ingestion:\n  keepBoilerplate:\n    - Un Nom\n"));

        Assert.StartsWith("terroir.yaml:3: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("no name of a collection", error.Message, StringComparison.Ordinal);
    }

    private static ReadingRules Parse(string yaml) => ReadingSettings.Parse(YamlSettings.Parse(yaml, "terroir.yaml"));
}
