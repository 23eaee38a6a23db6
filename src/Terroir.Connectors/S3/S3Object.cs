using System.Globalization;
using Terroir.Sources;

namespace Terroir.Connectors.S3;

/// <summary>An object of a bucket as an item.</summary>
internal static class S3Object
{
    /// <summary>Makes the item.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="tag">Its entity tag, with or without quotation marks.</param>
    /// <param name="size">Its size.</param>
    /// <param name="modified">When it was put.</param>
    public static ListedItem ToItem(string path, string? tag, long size, DateTime? modified)
    {
        tag = tag?.Trim('"') ?? "";
        var time = new DateTimeOffset(modified?.ToUniversalTime() ?? DateTime.UnixEpoch);
        return new ListedItem
        {
            Path = path,
            Fingerprint = string.Create(
                CultureInfo.InvariantCulture,
                $"{tag}-{size}-{time.ToUnixTimeSeconds()}"),
            SizeBytes = size,
            ModifiedAt = time,
            Readers = ItemReaders.Closed,

            // An object is put anew where it moves to; what stays is its content.
            Identity = string.Create(CultureInfo.InvariantCulture, $"{tag}-{size}"),
        };
    }

    /// <summary>The entity tag that an item was listed with.</summary>
    public static string TagOf(ListedItem item)
    {
        var end = item.Fingerprint.LastIndexOf('-');
        end = end > 0 ? item.Fingerprint.LastIndexOf('-', end - 1) : -1;
        return end > 0 ? item.Fingerprint[..end] : "";
    }
}
