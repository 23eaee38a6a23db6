using System.Text.Json;

namespace Terroir.Provenance.Tests;

/// <summary>The test data of the repository's neighbour.</summary>
internal static class SharedData
{
    /// <summary>Finds <c>shared/data/vectors/NAME</c> above the tests; skips the test where it is absent.</summary>
    public static string Vectors(string name)
    {
        var relative = Path.Combine("shared", "data", "vectors", name);
        var above = FindAbove(folder => Directory.Exists(Path.Combine(folder, relative)));
        Assert.SkipWhen(above is null, "the shared test data is absent");
        return Path.Combine(above!, relative);
    }

    /// <summary>Reads a file of vectors of Project Wycheproof: the groups, each with its tests.</summary>
    public static JsonElement Wycheproof(string name)
    {
        var path = Path.Combine(Vectors("wycheproof"), "testvectors_v1", name);
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        return json.RootElement.GetProperty("testGroups").Clone();
    }

    private static string? FindAbove(Predicate<string> isIt)
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (isIt(folder))
            {
                return folder;
            }
        }

        return null;
    }
}
