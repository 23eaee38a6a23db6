using System.Globalization;
using Terroir.Protection;
using Terroir.Storage.Embedded;

namespace Terroir.Crash;

/// <summary>Opens what a site has sealed as a whole, such as segments and vectors, with the keys that it has now, so
/// that others can look into it with tools that are not ours.</summary>
internal static class OpenedObjects
{
    /// <summary>Writes the opened objects into a folder.</summary>
    /// <param name="site">The site, with its master key in its folder.</param>
    /// <param name="folder">Where to; it may be absent.</param>
    /// <param name="cancellationToken">Stops between two objects.</param>
    /// <returns>How many were opened, and how many were not because their key was destroyed or is not here.</returns>
    public static async Task<string> WriteAsync(string site, string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var digits = await File.ReadAllTextAsync(Path.Combine(site, "keys", "master.key"), cancellationToken);
        var ring = new KeyRing(
            new FolderKeyStore(Path.Combine(site, "keys", "ring")),
            KeyProtector.FromKeys([Convert.FromHexString(digits.Trim())]),
            TimeProvider.System);
        var cipher = new RingCipher(ring, isSealing: true);
        var (openedCount, closedCount) = (0, 0);
        var objects = Path.Combine(site, "objects");
        foreach (var path in Directory.EnumerateFiles(objects, "*", SearchOption.AllDirectories))
        {
            var stored = await File.ReadAllBytesAsync(path, cancellationToken);
            if (!SealedContent.IsSealed(stored))
            {
                continue;
            }

            try
            {
                var opened = cipher.Open(stored, Path.GetRelativePath(objects, path));
                var name = $"{openedCount++:00000}";
                await File.WriteAllBytesAsync(Path.Combine(folder, name), opened, cancellationToken);
            }
            catch (KeyUnavailableException)
            {
                closedCount++;
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{openedCount} objects opened, {closedCount} not");
    }
}
