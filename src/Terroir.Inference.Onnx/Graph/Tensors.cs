using System.Globalization;
using Terroir.Inference.Onnx.Weights;

namespace Terroir.Inference.Onnx.Graph;

/// <summary>Tensors of the dimensions that the shape of a model implies.</summary>
internal static class Tensors
{
    /// <summary>Returns a matrix.</summary>
    /// <exception cref="WeightsUnusableException">It is absent or of other dimensions.</exception>
    public static WeightTensor Expect(IWeightSource source, string name, int rows, int columns)
    {
        var tensor = source.GetTensor(name);
        return tensor.Dimensions.Count == 2 && tensor.Rows == rows && tensor.Columns == columns
            ? tensor
            : throw Wrong(tensor);
    }

    /// <summary>Returns the numbers of a vector.</summary>
    /// <exception cref="WeightsUnusableException">It is absent or of another length.</exception>
    public static float[] ExpectVector(IWeightSource source, string name, int length)
    {
        var tensor = source.GetTensor(name);
        return tensor.Dimensions.Count == 1 && tensor.Columns == length ? tensor.ReadAll() : throw Wrong(tensor);
    }

    private static WeightsUnusableException Wrong(WeightTensor tensor)
    {
        var dimensions = string.Join(
            " x ",
            tensor.Dimensions.Select(dimension => dimension.ToString(CultureInfo.InvariantCulture)));
        return new WeightsUnusableException(tensor.Name, WeightsProblem.WrongShape, dimensions);
    }
}
