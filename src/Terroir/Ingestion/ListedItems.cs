using Terroir.Sources;
using Terroir.Storage;

namespace Terroir.Ingestion;

/// <summary>Holds connectors to their contract: a listing that breaks it would lose documents or mix them up.</summary>
internal static class ListedItems
{
    /// <summary>Refuses a listing that breaks the contract.</summary>
    /// <exception cref="SourceUnavailableException">It does; nothing is changed.</exception>
    public static void Check(SourceRecord source, SourceListing listing, bool mustBeComplete)
    {
        if (Find(listing, mustBeComplete) is { } fault)
        {
            throw new SourceUnavailableException(
                source.Id,
                source.Location,
                $"The connector '{source.Kind}' {fault} Tell who wrote it; nothing was changed.",
                isTransient: false);
        }
    }

    private static string? Find(SourceListing listing, bool mustBeComplete)
    {
        if (mustBeComplete && !listing.IsComplete)
        {
            return "lists only changes although permissions come from files.";
        }

        if (listing.IsComplete && listing.Gone.Count > 0)
        {
            return "lists all, and what is gone too.";
        }

        var before = "";
        foreach (var item in listing.Items)
        {
            if (!IsPath(item.Path) || item.Fingerprint.Length == 0)
            {
                return "lists an item without a usable path or fingerprint.";
            }

            if (string.CompareOrdinal(before, item.Path) >= 0)
            {
                return "lists items twice or out of order.";
            }

            before = item.Path;
        }

        return null;
    }

    private static bool IsPath(string path) =>
        path.Length > 0
        && !path.EndsWith('/')
        && !path.EndsWith("/.", StringComparison.Ordinal)
        && !SourcePath.IsInside(path)
        && !path.Any(char.IsControl);
}
