using System.Runtime.InteropServices;
using System.Text.Json;
using Terroir.Inference.Onnx.Weights;

namespace Terroir.Inference.Onnx.Tests.Weights;

/// <summary>A small encoder with weights drawn from a seed, and its folder.</summary>
internal sealed class TinyEncoder
{
    private readonly SortedDictionary<string, TinyTensor> _tensors = new(StringComparer.Ordinal);
    private readonly Random _random;
    private readonly string _type;

    public TinyEncoder(EncoderShape shape, string type, string prefix, int seed)
    {
        (Shape, _type, Prefix) = (shape, type, prefix);
        _random = new Random(seed);
        AddMatrix($"{prefix}embeddings.word_embeddings.weight", shape.Vocabulary);
        AddMatrix($"{prefix}embeddings.position_embeddings.weight", shape.Positions);
        AddMatrix($"{prefix}embeddings.token_type_embeddings.weight", shape.TokenTypes);
        AddNorm($"{prefix}embeddings.LayerNorm");
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            var name = $"{prefix}encoder.layer.{layer}";
            AddLayer($"{name}.attention.self.query", shape.Hidden, shape.Hidden);
            AddLayer($"{name}.attention.self.key", shape.Hidden, shape.Hidden);
            AddLayer($"{name}.attention.self.value", shape.Hidden, shape.Hidden);
            AddLayer($"{name}.attention.output.dense", shape.Hidden, shape.Hidden);
            AddNorm($"{name}.attention.output.LayerNorm");
            AddLayer($"{name}.intermediate.dense", shape.FeedForward, shape.Hidden);
            AddLayer($"{name}.output.dense", shape.Hidden, shape.FeedForward);
            AddNorm($"{name}.output.LayerNorm");
        }

        if (shape.HasScore)
        {
            AddLayer(Head, shape.Hidden, shape.Hidden);
            AddLayer(Score, 1, shape.Hidden);
        }
    }

    public EncoderShape Shape { get; }

    public string Prefix { get; }

    public string Head => _type is "bert" ? $"{Prefix}pooler.dense" : "classifier.dense";

    public string Score => _type is "bert" ? "classifier" : "classifier.out_proj";

    public float[] this[string name] => _tensors[name].Values;

    public string Write(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "1_Pooling"));
        File.WriteAllText(Path.Combine(folder, "1_Pooling", "config.json"), JsonSerializer.Serialize(
            new { pooling_mode_cls_token = Shape.Pooling == Pooling.First }));
        File.WriteAllText(Path.Combine(folder, "config.json"), JsonSerializer.Serialize(new
        {
            model_type = _type,
            num_hidden_layers = Shape.Layers,
            hidden_size = Shape.Hidden,
            intermediate_size = Shape.FeedForward,
            num_attention_heads = Shape.Heads,
            vocab_size = Shape.Vocabulary,
            max_position_embeddings = Shape.Positions,
            type_vocab_size = Shape.TokenTypes,
            layer_norm_eps = Shape.NormEpsilon,
            pad_token_id = _type is "bert" ? 0 : 1,
            hidden_act = "gelu",
        }));
        File.WriteAllBytes(Path.Combine(folder, "model.safetensors"), Bytes());
        return folder;
    }

    private byte[] Bytes()
    {
        using var data = new MemoryStream();
        var header = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (name, tensor) in _tensors)
        {
            long[] offsets = [data.Position, data.Position + (tensor.Values.Length * 4L)];
            data.Write(MemoryMarshal.AsBytes(tensor.Values.AsSpan()));
            header.Add(name, new { dtype = "F32", shape = tensor.Dimensions, data_offsets = offsets });
        }

        return SafetensorsFolder.Bytes(JsonSerializer.Serialize(header), data.ToArray());
    }

    private void AddMatrix(string name, int rows) =>
        _tensors.Add(name, new TinyTensor([rows, Shape.Hidden], Draw(rows * Shape.Hidden, 0, 1)));

    private void AddLayer(string name, int rows, int columns)
    {
        _tensors.Add($"{name}.weight", new TinyTensor([rows, columns], Draw(rows * columns, 0, 0.3f)));
        _tensors.Add($"{name}.bias", new TinyTensor([rows], Draw(rows, 0, 0.3f)));
    }

    private void AddNorm(string name)
    {
        _tensors.Add($"{name}.weight", new TinyTensor([Shape.Hidden], Draw(Shape.Hidden, 1, 0.2f)));
        _tensors.Add($"{name}.bias", new TinyTensor([Shape.Hidden], Draw(Shape.Hidden, 0, 0.2f)));
    }

    private float[] Draw(int count, float middle, float spread) =>
        [.. Enumerable.Range(0, count).Select(_ => middle + (spread * ((2 * _random.NextSingle()) - 1)))];
}
