namespace Terroir.Inference.Onnx.Graph;

/// <summary>Writes products with a matrix: y = x W' + b.</summary>
internal sealed class LinearWriter(OnnxGraphWriter graph, MatrixStore store, ImportOptions options)
{
    // Activations of 8 bits use the integer products of the processor; 0 computes in binary32.
    private readonly long _accuracy = options.QuantisedActivations ? 4 : 0;

    /// <summary>Stores a matrix and multiplies by it.</summary>
    public string Write(string input, WeightMatrix matrix, string name, float[]? bias = null) =>
        Multiply(input, store.Write(matrix, isLookup: false), name, bias);

    /// <summary>Stores a matrix whose rows are looked up.</summary>
    public StoredMatrix StoreLookup(WeightMatrix matrix) => store.Write(matrix, isLookup: true);

    /// <summary>Stores a matrix whose rows are looked up as binary32.</summary>
    public StoredMatrix StoreFull(WeightMatrix matrix) => store.WriteFull(matrix);

    /// <summary>Multiplies by a stored matrix.</summary>
    public string Multiply(string input, StoredMatrix matrix, string name, float[]? bias = null)
    {
        var biasName = bias is null ? null : graph.Constant($"{name}.bias", bias, bias.Length);
        if (matrix.Format is not { } format)
        {
            var weights = graph.Constant(name, OnnxElement.Float, matrix.Values, matrix.Rows, matrix.Columns);
            var product = graph.Node(
                "FusedMatMul",
                OnnxGraphWriter.Contrib,
                [input, weights],
                OnnxAttribute.Of("transB", 1));
            return biasName is null ? product : graph.Node("Add", string.Empty, [product, biasName]);
        }

        var blocks = format.Blocks(matrix.Columns);
        var codes = graph.Constant(
            $"{name}.codes",
            OnnxElement.Byte,
            matrix.Values,
            matrix.Rows,
            blocks,
            format.CodeBytes);
        var scales = graph.Constant($"{name}.scales", OnnxElement.Float, matrix.Scales, (long)matrix.Rows * blocks);
        return graph.Node(
            "MatMulNBits",
            OnnxGraphWriter.Contrib,
            biasName is null ? [input, codes, scales] : [input, codes, scales, string.Empty, string.Empty, biasName],
            OnnxAttribute.Of("K", matrix.Columns),
            OnnxAttribute.Of("N", matrix.Rows),
            OnnxAttribute.Of("bits", format.Bits),
            OnnxAttribute.Of("block_size", format.Length),
            OnnxAttribute.Of("accuracy_level", _accuracy));
    }
}
