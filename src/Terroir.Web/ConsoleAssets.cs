namespace Terroir.Web;

/// <summary>The files of the console. They are inside the assembly, so nothing is fetched from anywhere.</summary>
public static class ConsoleAssets
{
    /// <summary>The address of the stylesheet.</summary>
    public const string StylesheetPath = "/assets/terroir.css";

    /// <summary>The stylesheet.</summary>
    public static byte[] Stylesheet { get; } = Read("terroir.css");

    /// <summary>The address of the stylesheet with its hash, so that a new one is never mistaken for the old.</summary>
    public static string StylesheetLink { get; } = $"{StylesheetPath}?v={ContentHash.Of(Stylesheet).Hex[..12]}";

    /// <summary>The address of the icon.</summary>
    public const string IconPath = "/assets/terroir.svg";

    /// <summary>The icon: a letter T.</summary>
    public static byte[] Icon { get; } = Read("terroir.svg");

    private static byte[] Read(string name)
    {
        using var stream = typeof(ConsoleAssets).Assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
