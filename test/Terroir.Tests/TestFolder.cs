namespace Terroir.Tests;

/// <summary>A folder that lives as long as a test, and the test data of the repository's neighbour.</summary>
internal sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("terroir-test-").FullName;

    /// <summary>Finds <c>shared/data/NAME</c> above the tests; skips the test where it is absent.</summary>
    public static string Data(string name)
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = System.IO.Path.GetDirectoryName(
            folder))
        {
            var data = System.IO.Path.Combine(folder, "shared", "data", name);
            if (Directory.Exists(data))
            {
                return data;
            }
        }

        Assert.Skip("the shared test data is absent");
        return "";
    }

    /// <summary>Reads a file of <c>test/golden</c>.</summary>
    public static string Golden(string name) =>
        File.ReadAllText(System.IO.Path.Combine(AppContext.BaseDirectory, "golden", name));

    public string Write(string name, string content)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
