using System.Runtime.InteropServices;
using Terroir.Inference.Onnx.Quantisation;
using Terroir.Inference.Onnx.Weights;

namespace Terroir.Inference.Onnx.Graph;

/// <summary>Writes matrices into the file of weights, in the format that an import asks for.</summary>
internal sealed class MatrixStore(ExternalData data, ImportOptions options, ImportMeter meter)
{
    private static readonly BlockFormat FourBits32 = new(4, 32);
    private static readonly BlockFormat FourBits128 = new(4, 128);
    private static readonly BlockFormat EightBits = new(8, 32);

    /// <summary>Writes a matrix.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="isLookup">Whether its rows are looked up: then a row must be whole blocks, or it stays
    /// binary32.</param>
    public StoredMatrix Write(WeightMatrix matrix, bool isLookup)
    {
        var format = FormatOf(matrix);
        return format is null || (isLookup && matrix.Columns % format.Length != 0)
            ? WriteFull(matrix)
            : WriteBlocks(matrix, format);
    }

    /// <summary>Writes a matrix as binary32.</summary>
    public StoredMatrix WriteFull(WeightMatrix matrix)
    {
        var offset = data.Begin();
        var values = new float[matrix.Columns];
        for (var row = 0; row < matrix.Rows; row++)
        {
            matrix.Read(row, values);
            data.Write(MemoryMarshal.AsBytes(values.AsSpan()));
            meter.Add(matrix.Stored(row).Length);
        }

        var range = new StoredRange(offset, (long)matrix.Rows * matrix.Columns * sizeof(float));
        return new StoredMatrix(matrix.Rows, matrix.Columns, Format: null, range, default);
    }

    private BlockFormat? FormatOf(WeightMatrix matrix) => options.Precision switch
    {
        WeightPrecision.Full => null,
        WeightPrecision.EightBits => EightBits,
        WeightPrecision.FourBits32 => FourBits32,
        WeightPrecision.FourBits128 => FourBits128,
        _ => matrix.IsAll(WeightType.Q40) ? FourBits32 : EightBits,
    };

    private StoredMatrix WriteBlocks(WeightMatrix matrix, BlockFormat format)
    {
        var blocks = format.Blocks(matrix.Columns);
        var offset = data.Begin();
        var values = new float[matrix.Columns];
        var codes = new byte[blocks * format.CodeBytes];
        var scales = new float[checked(matrix.Rows * blocks)];
        var keepsFourBits = ReferenceEquals(format, FourBits32) && matrix.IsAll(WeightType.Q40);
        var keepsEightBits = ReferenceEquals(format, EightBits) && matrix.IsAll(WeightType.Q80);
        for (var row = 0; row < matrix.Rows; row++)
        {
            var stored = matrix.Stored(row);
            var scalesOfRow = scales.AsSpan(row * blocks, blocks);
            if (!stored.IsEmpty && keepsFourBits)
            {
                BlockQuantiser.TakeQ40(stored, codes, scalesOfRow);
            }
            else if (!stored.IsEmpty && keepsEightBits)
            {
                BlockQuantiser.TakeQ80(stored, codes, scalesOfRow);
            }
            else
            {
                matrix.Read(row, values);
                QuantiseRow(matrix, row, format, values, codes, scalesOfRow);
            }

            data.Write(codes);
            meter.Add(stored.Length);
        }

        var range = new StoredRange(offset, (long)matrix.Rows * codes.Length);
        var scalesOffset = data.Begin();
        data.Write(MemoryMarshal.AsBytes(scales.AsSpan()));
        return new StoredMatrix(
            matrix.Rows,
            matrix.Columns,
            format,
            range,
            new StoredRange(scalesOffset, (long)scales.Length * sizeof(float)));
    }

    private static void QuantiseRow(
        WeightMatrix matrix,
        int row,
        BlockFormat format,
        float[] values,
        byte[] codes,
        Span<float> scales)
    {
        try
        {
            BlockQuantiser.Quantise(format, values, codes, scales);
        }
        catch (NotFiniteNumberException exception)
        {
            throw new WeightsUnusableException(
                matrix.NameOf(row),
                WeightsProblem.Malformed,
                "a value that is no finite number",
                exception);
        }
    }
}
