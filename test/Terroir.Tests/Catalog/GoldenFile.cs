namespace Terroir.Tests.Catalog;

/// <summary>The files of <c>test/golden</c>, which say what a format is.</summary>
internal static class GoldenFile
{
    /// <summary>The path of one.</summary>
    public static string PathOf(params string[] names) =>
        Path.Combine([AppContext.BaseDirectory, "golden", .. names]);

    /// <summary>The bytes of one.</summary>
    public static byte[] Read(params string[] names) => File.ReadAllBytes(PathOf(names));
}
