namespace Terroir.Inference.Onnx.Tests;

/// <summary>The test data of the repository's neighbour.</summary>
internal static class SharedData
{
    /// <summary>Finds <c>shared/data/models/NAME</c> above the tests; skips the test where it is absent.</summary>
    public static string Model(string name)
    {
        var relative = Path.Combine("shared", "data", "models", name);
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var path = Path.Combine(folder, relative);
            if (Path.Exists(path))
            {
                return path;
            }
        }

        Assert.Skip("the shared test data is absent");
        return string.Empty;
    }
}
