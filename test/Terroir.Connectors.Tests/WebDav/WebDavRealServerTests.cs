using System.Text;
using Terroir.Sources;

namespace Terroir.Connectors.WebDav;

/// <summary>Apache with mod_dav, by TLS.</summary>
public sealed class WebDavRealServerTests
{
    private readonly WebDavConnector _connector = new();
    private readonly TestHost _host = new() { Secrets = { ["env:DAV"] = "p4ss:wört" } };

    [Fact]
    public async Task Files_with_any_name_are_listed_and_fetched_and_changes_are_seen()
    {
        var name = "Bloc opératoire/100% + (a) ; 'b' & #1?.md";
        Write(name, "premier");
        Write("caf\u0065\u0301.md", "decomposed");
        Write(".hidden/x.md", "x");
        await using var connection = await _connector.OpenNowAsync(Settings(), _host);

        var before = await connection.ListNowAsync();
        var fetched = await connection.FetchNowAsync(before.Items[0]);
        Write(name, "second, longer");
        var anew = await connection.FetchNowAsync(before.Items[0]);
        var after = await connection.ListNowAsync();

        Assert.Equal([name, "caf\u0065\u0301.md"], before.Items.Select(item => item.Path), StringComparer.Ordinal);
        Assert.Equal(FetchVerdict.Fetched, fetched.Verdict);
        Assert.Equal("premier", Encoding.UTF8.GetString(fetched.Content.Span));
        Assert.Equal("second, longer", Encoding.UTF8.GetString(anew.Content.Span));
        Assert.NotEqual(before.Items[0].Fingerprint, after.Items[0].Fingerprint, StringComparer.Ordinal);
        Assert.Equal(before.Items[1].Fingerprint, after.Items[1].Fingerprint);
        Assert.Equal(1, after.Ignored.HiddenCount);
    }

    [Fact]
    public async Task A_trial_says_what_is_wrong()
    {
        var url = RealServers.Find("TERROIR_WEBDAV_URL");

        Assert.All(await _connector.TryAsync(Settings(), _host), step => Assert.True(step.IsPassed, step.Message));
        await FailAsync("no such folder", ("url", url + "none/"));
        await FailAsync("refuses the user", ("user", "other"));
        await FailAsync(
            "not for '127.0.0.1'",
            ("url", url.Replace("localhost", "127.0.0.1", StringComparison.Ordinal)));
        await FailAsync("speaks no WebDAV", ("url", url.Replace("dav/", "", StringComparison.Ordinal)));
    }

    private static void Write(string path, string text)
    {
        var file = Path.Combine(RealServers.Find("TERROIR_WEBDAV_FOLDER"), path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private async Task FailAsync(string words, (string Name, string Value) value)
    {
        var steps = await _connector.TryAsync(Settings(value), _host);
        Assert.False(steps[^1].IsPassed);
        Assert.Contains(words, steps[^1].Message, StringComparison.Ordinal);
    }

    private static SourceSettings Settings(params (string Name, string Value)[] values) => TestSettings.Of(
    [
        .. new (string Name, string Value)[]
        {
            ("url", RealServers.Find("TERROIR_WEBDAV_URL")),
            ("user", "terroir"),
            ("password", "env:DAV"),
            ("ca-file", RealServers.Find("TERROIR_SOURCES_CA")),
        }.ExceptBy(values.Select(value => value.Name), pair => pair.Name, StringComparer.Ordinal),
        .. values,
    ]);
}
