namespace Terroir.Acceptance.Tests;

/// <summary>The repository that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindAbove(folder => File.Exists(Path.Combine(folder, "Terroir.slnx")))
        ?? throw new DirectoryNotFoundException("The tests do not run inside the repository.");

    /// <summary>Finds <c>shared/data/NAME</c> above the tests; skips the test where it is absent.</summary>
    public static string Data(string name)
    {
        var relative = Path.Combine("shared", "data", name);
        var above = FindAbove(folder => Directory.Exists(Path.Combine(folder, relative)));
        Assert.SkipWhen(above is null, "the shared test data is absent");
        return Path.Combine(above!, relative);
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
