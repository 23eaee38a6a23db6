using Terroir.Server.Configuration;

namespace Terroir.Server.Tests.Configuration;

public sealed class SiteConfigurationTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("terroir-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_flag_comes_before_the_file_and_the_file_before_the_default()
    {
        var site = Write("server:\n  url: http://127.0.0.1:6000\n  demo: true\n");

        var configuration = SiteConfiguration.Load(site, new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Terroir:Server:Demo"] = "false",
        });
        var settings = SiteConfiguration.List(configuration)
            .ToDictionary(setting => setting.Key, StringComparer.Ordinal);

        Assert.Equal("false", settings["Terroir:Server:Demo"].Value);
        Assert.Equal("flag", settings["Terroir:Server:Demo"].Origin);
        Assert.Equal("terroir.yaml:2", settings["Terroir:Server:Url"].Origin);
        Assert.Equal("default", settings["Terroir:Server:OperatorGroup"].Origin);
    }

    [Theory]
    [InlineData("servr:\n  url: x\n", "terroir.yaml:2")]
    [InlineData("server:\n  ulr: x\n", "terroir.yaml:2")]
    [InlineData("ingestion:\n  quality:\n    default:\n      warn: Z\n", "terroir.yaml:4")]
    [InlineData("ingestion:\n  qualty:\n    default: x\n", "terroir.yaml:3")]
    [InlineData("server: [\n", "line")]
    [InlineData("just a text\n", "settings are expected")]
    public void A_file_that_cannot_be_meant_is_refused_with_the_line(string text, string part)
    {
        var site = Write(text);

        var error = Assert.Throws<FormatException>(
            () => SiteConfiguration.Load(site, new Dictionary<string, string?>(StringComparer.Ordinal)));

        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    private SiteFolder Write(string text)
    {
        var site = SiteFolder.Create(_folder.FullName);
        File.WriteAllText(site.ConfigurationFile, text);
        return site;
    }
}
