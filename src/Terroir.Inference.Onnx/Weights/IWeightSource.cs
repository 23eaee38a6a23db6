namespace Terroir.Inference.Onnx.Weights;

/// <summary>The weights of one model, of whatever format, under the tensor names of Hugging Face.</summary>
/// <remarks>Safe to read from several threads. Tensors are valid until the source is disposed of.</remarks>
public interface IWeightSource : IDisposable
{
    /// <summary>What the settings of the model say.</summary>
    ModelShape Shape { get; }

    /// <summary>The names of all tensors, in ordinal order.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Returns one tensor.</summary>
    /// <exception cref="WeightsUnusableException">There is none of that name.</exception>
    WeightTensor GetTensor(string name);
}
