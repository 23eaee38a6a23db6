using Terroir.Inference.Onnx.Weights;

namespace Terroir.Inference.Onnx.Graph;

/// <summary>Tensors of the dimensions that the shape of a model implies.</summary>
internal static class Tensors
{
    /// <summary>Returns a matrix.</summary>
    /// <exception cref="WeightsUnusableException">It is absent or of other dimensions.</exception>
    public static WeightTensor Expect(IWeightSource source, string name, int rows, int columns) =>
        TensorRules.ExpectMatrix(source.GetTensor(name), rows, columns);

    /// <summary>Returns the numbers of a vector.</summary>
    /// <exception cref="WeightsUnusableException">It is absent or of another length.</exception>
    public static float[] ExpectVector(IWeightSource source, string name, int length) =>
        TensorRules.ExpectVector(source.GetTensor(name), length);
}
