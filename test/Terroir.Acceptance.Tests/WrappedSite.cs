namespace Terroir.Acceptance.Tests;

/// <summary>A site with one document, whose master key goes into a device.</summary>
internal sealed class WrappedSite(IReadOnlyDictionary<string, string?> environment) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("terroir-test-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public string Site => In("site");

    public string KeyFile => Path.Combine(Site, "keys", "master.key");

    public string Settings => Path.Combine(Site, "terroir.yaml");

    public string In(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Makes the site, and then sets what its device needs.</summary>
    public async Task FillAsync(string settings)
    {
        Directory.CreateDirectory(In("files"));
        await File.WriteAllTextAsync(Path.Combine(In("files"), "permissions.yaml"), "allow: [everyone]\n", Stop);
        await File.WriteAllTextAsync(
            Path.Combine(In("files"), "a.md"),
            "# Note\n\nLe jetonzqx garde la clef.\n",
            Stop);
        await RunAsync(Site, "init");
        await File.WriteAllTextAsync(
            Path.Combine(Site, "directory.yaml"),
            "groups: []\nusers:\n  - id: nadia\n    name: Nadia\n",
            Stop);
        await RunAsync(Site, "source", "add", "files", In("files"));
        await RunAsync(Site, "sync");
        await File.AppendAllTextAsync(Settings, settings, Stop);
    }

    public async Task AssertFoundAsync(string site)
    {
        var found = await RunAsync(site, "search", "jetonzqx", "--as", "nadia");
        Assert.Contains("garde la clef", found, StringComparison.Ordinal);
    }

    public async Task<string> RunAsync(string site, params string[] arguments)
    {
        var (exit, output, error) = await TryAsync(site, arguments);
        Assert.True(exit == 0, $"terroir {string.Join(' ', arguments)}: {exit} {error}{output}");
        return output;
    }

    public Task<(int Exit, string Output, string Error)> TryAsync(string site, params string[] arguments) =>
        TerroirCommand.RunAsync([.. arguments, "--data", site], environment);

    public void Dispose() => _folder.Delete(recursive: true);
}
