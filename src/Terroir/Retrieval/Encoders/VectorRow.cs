using Terroir.Catalog;
using Terroir.Retrieval.Vectors;
using Terroir.Storage;

namespace Terroir.Retrieval.Encoders;

/// <summary>A segment of vectors whose table was read.</summary>
/// <param name="Row">The segment.</param>
/// <param name="File">Its table.</param>
internal sealed record VectorRow(SegmentRow Row, PassageVectorFile File)
{
    /// <summary>Reads the table of a segment.</summary>
    /// <exception cref="BlobCorruptException">It is damaged.</exception>
    public static async ValueTask<VectorRow> OpenAsync(
        ICatalog catalog,
        SegmentRow row,
        CancellationToken cancellationToken)
    {
        var bytes = await catalog.OpenObjectAsync(row.Hash, row.SizeBytes, cancellationToken);
        var file = PassageVectorFile.Read(bytes, BlobKey.ForContent(row.Hash).Value);
        return new VectorRow(row, file);
    }

    /// <summary>The encoder that is in force: that of the first file, by name, that says so.</summary>
    public static EncoderName? InForce(IEnumerable<VectorRow> rows) =>
        rows.Where(item => item.File.IsInForce).MinBy(item => item.Row.Hash)?.File.Encoder;

    /// <summary>Checks and opens the vectors.</summary>
    /// <exception cref="BlobCorruptException">They are damaged, or not those of the table.</exception>
    public VectorBlock OpenBlock()
    {
        var name = BlobKey.ForContent(Row.Hash).Value;
        try
        {
            var block = File.OpenBlock();
            return block.Count == Row.PassageCount ? block : throw new BlobCorruptException(name);
        }
        catch (BlobCorruptException)
        {
            throw new BlobCorruptException(name);
        }
    }
}
