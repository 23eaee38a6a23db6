namespace Terroir.Readers;

/// <summary>Settings of the readers.</summary>
public sealed record ReadersOptions
{
    /// <summary>Whether navigation, banners and footers of web pages are kept; the default is <see langword="false"/>.
    /// </summary>
    public bool KeepsBoilerplate { get; init; }
}
