using Terroir.Provenance.Notes;

namespace Terroir.Provenance.Merkle;

/// <summary>A ledger that is kept, or was copied, as files: <c>checkpoint</c> and <c>tile/...</c>.</summary>
/// <param name="path">The folder.</param>
public sealed class LedgerFolder(string path) : ILedgerSource
{
    /// <summary>The name of the file with the latest checkpoint.</summary>
    public const string CheckpointName = "checkpoint";

    /// <summary>The greatest length of a checkpoint in bytes: 16 post-quantum signatures have room.</summary>
    public const int CheckpointLengthMax = 128 * 1024;

    /// <summary>The greatest length of a bundle of entries in bytes: 256 of the longest.</summary>
    public const int TileLengthMax = TilePath.FullWidth * (EntryBundle.EntryLengthMax + 2);

    /// <inheritdoc/>
    /// <exception cref="ProofFormatException">The file is longer than any tile.</exception>
    public ValueTask<byte[]?> ReadAsync(TilePath path, CancellationToken cancellationToken) =>
        ReadAsync(path.ToString(), "tile", TileLengthMax, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<byte[]?> ReadCheckpointAsync(CancellationToken cancellationToken) =>
        ReadAsync(CheckpointName, "checkpoint", CheckpointLengthMax, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<byte[]?> ReadMinimumIndexAsync(CancellationToken cancellationToken) =>
        ReadAsync(MinimumIndex.FileName, "minimum index", CheckpointLengthMax, cancellationToken);

    private async ValueTask<byte[]?> ReadAsync(
        string name,
        string kind,
        int lengthMax,
        CancellationToken cancellationToken)
    {
        var file = new FileInfo(Path.Combine(path, name));
        if (!file.Exists)
        {
            return null;
        }

        return file.Length <= lengthMax
            ? await File.ReadAllBytesAsync(file.FullName, cancellationToken).ConfigureAwait(false)
            : throw new ProofFormatException(kind, $"the file has {file.Length} bytes, at most {lengthMax} are read");
    }
}
