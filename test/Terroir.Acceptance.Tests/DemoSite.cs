using System.Text.Json;

[assembly: AssemblyFixture(typeof(Terroir.Acceptance.Tests.DemoSite))]

namespace Terroir.Acceptance.Tests;

/// <summary>The demo as a new user runs it, run once for all tests. They read the site; who writes takes a copy.
/// </summary>
public sealed class DemoSite : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("terroir-test-");

    /// <summary>The folder of the site.</summary>
    public string Data => Path.Combine(_folder.FullName, "site");

    /// <summary>How the demo ended.</summary>
    public int Exit { get; private set; }

    /// <summary>What it printed.</summary>
    public JsonElement Report { get; private set; }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        (Exit, var output, var error) =
            await TerroirCommand.RunAsync("demo", "--no-serve", "--json", "--data", Data);
        Assert.True(Exit == 0, error);
        Report = JsonSerializer.Deserialize<JsonElement>(output);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Copies the site to a folder that is not there yet.</summary>
    /// <param name="folder">The folder.</param>
    public void CopyTo(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(Data, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(Data, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
