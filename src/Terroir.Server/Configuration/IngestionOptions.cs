namespace Terroir.Server.Configuration;

/// <summary>Settings of the intake. Section <c>Terroir:Ingestion</c>; checked when a site is opened.</summary>
internal sealed class IngestionOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Terroir:Ingestion";

    /// <summary>From which grade on documents are indexed with a warning, or held; <see cref="QualitySettings"/> reads
    /// it. Empty by default: poor documents are listed, and what cannot be read is held.</summary>
    public IReadOnlyDictionary<string, string> Quality { get; set; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The collections whose web pages keep menus, banners and footers; <see cref="ReadingSettings"/> reads
    /// it. None by default.</summary>
    public IList<string> KeepBoilerplate { get; set; } = [];
}
