using Terroir.Inference.Onnx.Adapters;
using Terroir.Inference.Onnx.Weights;

namespace Terroir.Inference.Onnx.Graph;

/// <summary>Adds x A B to products, where A and B are inputs of rank 0 unless an adapter gives them.</summary>
internal sealed class AdapterWriter
{
    private readonly OnnxGraphWriter _graph;
    private readonly Dictionary<(int Layer, string Name), AdapterSlot> _slots;

    public AdapterWriter(OnnxGraphWriter graph, ModelShape shape, ImportOptions options)
    {
        _graph = graph;
        _slots = options.Adapters ? AdapterSlot.Of(shape).ToDictionary(slot => (slot.Layer, slot.Name)) : [];
    }

    /// <summary>Returns the product with what an adapter adds.</summary>
    /// <param name="layer">The layer, counted from 0.</param>
    /// <param name="name">The name of the product in <see cref="AdapterSlot"/>.</param>
    /// <param name="input">x.</param>
    /// <param name="product">The product without an adapter.</param>
    public string Add(int layer, string name, string input, string product)
    {
        if (!_slots.TryGetValue((layer, name), out var slot))
        {
            return product;
        }

        _graph.Input(slot.First, OnnxElement.Float, $"{slot.Inputs}", $"{slot.First}.rank");
        _graph.Input(slot.Second, OnnxElement.Float, $"{slot.First}.rank", $"{slot.Outputs}");
        _graph.Constant(slot.First, ReadOnlySpan<float>.Empty, slot.Inputs, 0);
        _graph.Constant(slot.Second, ReadOnlySpan<float>.Empty, 0, slot.Outputs);
        var narrow = _graph.Node("MatMul", string.Empty, [input, slot.First]);
        var added = _graph.Node("MatMul", string.Empty, [narrow, slot.Second]);
        return _graph.Node("Add", string.Empty, [product, added]);
    }
}
