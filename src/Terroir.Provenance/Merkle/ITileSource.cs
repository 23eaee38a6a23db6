namespace Terroir.Provenance.Merkle;

/// <summary>Where tiles come from: a folder, a cache, the objects of a site.</summary>
public interface ITileSource
{
    /// <summary>Reads a tile or a bundle of entries.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>Its bytes, not checked; <see langword="null"/> if it is not there.</returns>
    ValueTask<byte[]?> ReadAsync(TilePath path, CancellationToken cancellationToken);
}
