using System.Globalization;

namespace Terroir.Inference.Onnx.Weights;

/// <summary>The dimensions that the settings of a model imply.</summary>
/// <exception cref="WeightsUnusableException">From every member: a tensor has others.</exception>
internal static class TensorRules
{
    /// <summary>Returns a matrix (rows, columns).</summary>
    public static WeightTensor ExpectMatrix(WeightTensor tensor, int rows, int columns) =>
        tensor.Dimensions.Count == 2 && tensor.Rows == rows && tensor.Columns == columns ? tensor : throw Wrong(tensor);

    /// <summary>Returns the numbers of a vector.</summary>
    public static float[] ExpectVector(WeightTensor tensor, int length) =>
        tensor.Dimensions.Count == 1 && tensor.Columns == length ? tensor.ReadAll() : throw Wrong(tensor);

    private static WeightsUnusableException Wrong(WeightTensor tensor)
    {
        var dimensions = string.Join(
            " x ",
            tensor.Dimensions.Select(dimension => dimension.ToString(CultureInfo.InvariantCulture)));
        return new WeightsUnusableException(tensor.Name, WeightsProblem.WrongShape, dimensions);
    }
}
