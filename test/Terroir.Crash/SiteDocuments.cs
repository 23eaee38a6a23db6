using Terroir.Storage.Embedded;

namespace Terroir.Crash;

/// <summary>Reads which documents a site has, from its metastore alone.</summary>
internal static class SiteDocuments
{
    /// <summary>Reads the paths and versions of the documents of all collections.</summary>
    /// <param name="site">The folder of the site.</param>
    /// <param name="findings">Told of each document that is there twice.</param>
    public static async Task<HashSet<(string Path, ContentHash Version)>> ReadAsync(string site, KillFindings findings)
    {
        await using var metastore = SqliteMetastore.Open(Path.Combine(site, "metastore.db"), TimeProvider.System);
        var found = new HashSet<(string, ContentHash)>();
        foreach (var head in await metastore.Catalog.ListHeadsAsync(CancellationToken.None))
        {
            var state = await metastore.Catalog.ReadStateAsync(head.Collection, 0, CancellationToken.None);
            foreach (var document in state!.Documents.Select(row => row.Document))
            {
                findings.Check(found.Add((document.Path, document.Version)), $"{document.Path} is there twice.");
            }
        }

        return found;
    }
}
