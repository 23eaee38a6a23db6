namespace Terroir.Server;

/// <summary>Which stores hold the site. Section <c>Terroir:Storage</c>; read by <see cref="Composition"/>.</summary>
public sealed class StorageOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Terroir:Storage";

    /// <summary>The provider: <c>embedded</c>, a folder and an SQLite file in the site's own folder.</summary>
    public string Provider { get; set; } = "embedded";
}
