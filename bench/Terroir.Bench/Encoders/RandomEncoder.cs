using System.Runtime.InteropServices;
using System.Text.Json;
using Terroir.Inference.Onnx.Graph;
using Terroir.Inference.Onnx.Quantisation;

namespace Terroir.Bench.Encoders;

/// <summary>Writes a BERT of 6 layers and 384 components, the shape of MiniLM-L6, with random weights: for speed, what
/// the weights say does not matter.</summary>
internal static class RandomEncoder
{
    public const int Vocabulary = 30_522;

    private const int Layers = 6;
    private const int Hidden = 384;
    private const int Inner = 1_536;
    private const int Heads = 12;
    private const int Positions = 512;

    /// <summary>Writes the weights and imports them.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="precision">How the weights are stored.</param>
    /// <param name="cancellationToken">Stops the import.</param>
    /// <returns>The folder of the graph.</returns>
    public static string Import(string folder, WeightPrecision precision, CancellationToken cancellationToken)
    {
        var source = Directory.CreateDirectory(Path.Combine(folder, "weights")).FullName;
        if (!File.Exists(Path.Combine(source, "config.json")))
        {
            WriteWeights(Path.Combine(source, "model.safetensors"));
            File.WriteAllText(Path.Combine(source, "config.json"), JsonSerializer.Serialize(new
            {
                model_type = "bert",
                num_hidden_layers = Layers,
                hidden_size = Hidden,
                intermediate_size = Inner,
                num_attention_heads = Heads,
                vocab_size = Vocabulary,
                max_position_embeddings = Positions,
                type_vocab_size = 2,
                hidden_act = "gelu",
            }));
        }

        var graph = Directory.CreateDirectory(Path.Combine(folder, $"{precision}")).FullName;
        EncoderImport.Write(
            source,
            graph,
            new ImportOptions { Precision = precision },
            new Progress<ImportProgress>(),
            cancellationToken);
        return graph;
    }

    private static void WriteWeights(string path)
    {
        var random = new Random(1);
        var header = new Dictionary<string, object>(StringComparer.Ordinal);
        var offset = 0L;
        foreach (var (name, shape) in Shapes())
        {
            var end = offset + (Count(shape) * sizeof(float));
            header[name] = new { dtype = "F32", shape, data_offsets = new[] { offset, end } };
            offset = end;
        }

        using var file = File.Create(path);
        var json = JsonSerializer.SerializeToUtf8Bytes(header);
        file.Write(BitConverter.GetBytes((long)json.Length));
        file.Write(json);
        foreach (var (name, shape) in Shapes())
        {
            var middle = name.EndsWith("LayerNorm.weight", StringComparison.Ordinal) ? 1 : 0;
            var values = new float[Count(shape)];
            for (var at = 0; at < values.Length; at++)
            {
                values[at] = middle + ((random.NextSingle() - 0.5f) * 0.1f);
            }

            file.Write(MemoryMarshal.AsBytes(values.AsSpan()));
        }
    }

    private static long Count(int[] shape) => shape.Aggregate(1L, (product, length) => product * length);

    private static IEnumerable<(string Name, int[] Shape)> Shapes()
    {
        yield return ("embeddings.word_embeddings.weight", [Vocabulary, Hidden]);
        yield return ("embeddings.position_embeddings.weight", [Positions, Hidden]);
        yield return ("embeddings.token_type_embeddings.weight", [2, Hidden]);
        foreach (var shape in Norm("embeddings"))
        {
            yield return shape;
        }

        for (var layer = 0; layer < Layers; layer++)
        {
            var name = $"encoder.layer.{layer}";
            (string Name, int[] Shape)[] shapes =
            [
                .. Linear($"{name}.attention.self.query", Hidden, Hidden),
                .. Linear($"{name}.attention.self.key", Hidden, Hidden),
                .. Linear($"{name}.attention.self.value", Hidden, Hidden),
                .. Linear($"{name}.attention.output.dense", Hidden, Hidden),
                .. Norm($"{name}.attention.output"),
                .. Linear($"{name}.intermediate.dense", Inner, Hidden),
                .. Linear($"{name}.output.dense", Hidden, Inner),
                .. Norm($"{name}.output"),
            ];
            foreach (var shape in shapes)
            {
                yield return shape;
            }
        }
    }

    private static (string Name, int[] Shape)[] Linear(string name, int rows, int columns) =>
        [($"{name}.weight", [rows, columns]), ($"{name}.bias", [rows])];

    private static (string Name, int[] Shape)[] Norm(string name) =>
        [($"{name}.LayerNorm.weight", [Hidden]), ($"{name}.LayerNorm.bias", [Hidden])];
}
