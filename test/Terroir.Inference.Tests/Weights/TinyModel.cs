using Terroir.Inference.Onnx.Weights;

namespace Terroir.Inference.Onnx.Tests.Weights;

/// <summary>A small model with weights drawn from a seed, to be written in any format.</summary>
internal sealed class TinyModel
{
    private readonly SortedDictionary<string, TinyTensor> _tensors = new(StringComparer.Ordinal);
    private readonly Random _random;

    public TinyModel(ModelShape shape, int seed)
    {
        Shape = shape;
        _random = new Random(seed);
        var (hidden, inner) = (shape.Hidden, shape.FeedForward);
        var (queries, keys) = (shape.Heads * shape.HeadSize, shape.KeyValueHeads * shape.HeadSize);
        AddMatrix(TensorNames.Embedding, shape.Vocabulary, hidden);
        AddNorm(TensorNames.Norm, hidden);
        if (!shape.TiedEmbeddings)
        {
            AddMatrix(TensorNames.Output, shape.Vocabulary, hidden);
        }

        for (var layer = 0; layer < shape.Layers; layer++)
        {
            string Name(string name) => TensorNames.OfLayer(layer, name);
            AddNorm(Name(TensorNames.AttentionNorm), hidden);
            AddNorm(Name(TensorNames.FeedForwardNorm), hidden);
            AddMatrix(Name(TensorNames.Query), queries, hidden);
            AddMatrix(Name(TensorNames.Key), keys, hidden);
            AddMatrix(Name(TensorNames.Value), keys, hidden);
            AddMatrix(Name(TensorNames.AttentionOutput), hidden, queries);
            AddMatrix(Name(TensorNames.Gate), inner, hidden);
            AddMatrix(Name(TensorNames.Up), inner, hidden);
            AddMatrix(Name(TensorNames.Down), hidden, inner);
            AddOptional(Name);
        }
    }

    public ModelShape Shape { get; }

    public IReadOnlyDictionary<string, TinyTensor> Tensors => _tensors;

    private void AddOptional(Func<string, string> name)
    {
        var (queries, keys) = (Shape.Heads * Shape.HeadSize, Shape.KeyValueHeads * Shape.HeadSize);
        if (Shape.QueryKeyValueBiases)
        {
            AddVector(name(TensorNames.QueryBias), queries, 0.5f);
            AddVector(name(TensorNames.KeyBias), keys, 0.5f);
            AddVector(name(TensorNames.ValueBias), keys, 0.5f);
        }

        if (Shape.OutputBias)
        {
            AddVector(name(TensorNames.AttentionOutputBias), Shape.Hidden, 0.5f);
        }

        if (Shape.QueryKeyNorms)
        {
            AddNorm(name(TensorNames.QueryNorm), Shape.HeadSize);
            AddNorm(name(TensorNames.KeyNorm), Shape.HeadSize);
        }
    }

    private void AddMatrix(string name, int rows, int columns) =>
        _tensors.Add(name, new TinyTensor([rows, columns], Draw(rows * columns, 0, 1 / MathF.Sqrt(columns))));

    private void AddNorm(string name, int length) =>
        _tensors.Add(name, new TinyTensor([length], Draw(length, 1, 0.2f)));

    private void AddVector(string name, int length, float spread) =>
        _tensors.Add(name, new TinyTensor([length], Draw(length, 0, spread)));

    private float[] Draw(int count, float middle, float spread) =>
        [.. Enumerable.Range(0, count).Select(_ => middle + (spread * ((2 * _random.NextSingle()) - 1)))];
}
