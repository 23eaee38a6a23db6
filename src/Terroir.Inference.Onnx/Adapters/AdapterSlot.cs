using Terroir.Inference.Onnx.Graph;
using Terroir.Inference.Onnx.Weights;

namespace Terroir.Inference.Onnx.Adapters;

/// <summary>A product of one layer that an adapter can change: y = x W' + x A B.</summary>
/// <param name="Layer">The layer, counted from 0.</param>
/// <param name="Name">The name of the product in the graph, such as <c>mlp.up_proj.weight</c>.</param>
/// <param name="Inputs">The length of x.</param>
/// <param name="Parts">The matrices that are one product there, in the order of their outputs.</param>
internal sealed record AdapterSlot(int Layer, string Name, int Inputs, IReadOnlyList<AdapterPart> Parts)
{
    /// <summary>The name of queries, keys and values together.</summary>
    public const string Packed = "qkv";

    /// <summary>The length of y.</summary>
    public int Outputs => Parts.Sum(part => part.Outputs);

    /// <summary>The name of the input A: (inputs, rank).</summary>
    public string First => $"{TensorNames.OfLayer(Layer, Name)}.adapter.a";

    /// <summary>The name of the input B: (rank, outputs).</summary>
    public string Second => $"{TensorNames.OfLayer(Layer, Name)}.adapter.b";

    /// <summary>All slots of a model.</summary>
    public static IEnumerable<AdapterSlot> Of(ModelShape shape)
    {
        var heads = new HeadLayout(shape);
        AdapterPart Heads(string name, int count, Func<int, int> rowOf) =>
            new(name, count * heads.Size, count * heads.StoredSize, rowOf);
        static AdapterPart Plain(string name, int outputs) => new(name, outputs, outputs, static row => row);
        var (hidden, inner) = (shape.Hidden, shape.FeedForward);
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            yield return new(layer, Packed, hidden, [
                Heads(TensorNames.Query, shape.Heads, row => heads.ToHalves(heads.TurningRow(row))),
                Heads(TensorNames.Key, shape.KeyValueHeads, row => heads.ToHalves(heads.TurningRow(row))),
                Heads(TensorNames.Value, shape.KeyValueHeads, heads.ValueRow),
            ]);
            yield return new(layer, TensorNames.AttentionOutput, shape.Heads * heads.Size, [
                Plain(TensorNames.AttentionOutput, hidden),
            ]);
            yield return new(layer, TensorNames.Gate, hidden, [Plain(TensorNames.Gate, inner)]);
            yield return new(layer, TensorNames.Up, hidden, [Plain(TensorNames.Up, inner)]);
            yield return new(layer, TensorNames.Down, inner, [Plain(TensorNames.Down, hidden)]);
        }
    }
}
