using Terroir.Provenance;

namespace Terroir.Catalog;

/// <summary>The site in whose name the catalogue publishes.</summary>
/// <param name="Id">Its id: 1 to 64 of <c>a-z 0-9 -</c>.</param>
/// <param name="Key">Its signing key.</param>
public sealed record SiteIdentity(string Id, SiteKey Key);
