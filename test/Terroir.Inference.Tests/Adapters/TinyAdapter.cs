using System.Runtime.InteropServices;
using System.Text.Json;
using Terroir.Inference.Onnx.Tests.Weights;
using Terroir.Inference.Onnx.Weights;

namespace Terroir.Inference.Onnx.Tests.Adapters;

/// <summary>A random adapter of a small model, and the model with the adapter merged into its weights.</summary>
internal sealed class TinyAdapter(TinyModel model, int rank, int seed, params string[] targets)
{
    private const double Alpha = 6;
    private readonly Random _random = new(seed);
    private readonly SortedDictionary<string, TinyTensor> _tensors = new(StringComparer.Ordinal);

    /// <summary>Draws the adapter and changes the weights of the model by it.</summary>
    public void Merge()
    {
        for (var layer = 0; layer < model.Shape.Layers; layer++)
        {
            foreach (var target in targets)
            {
                var tensor = model.Tensors[TensorNames.OfLayer(layer, target)];
                var (rows, columns) = ((int)tensor.Dimensions[0], (int)tensor.Dimensions[1]);
                var (first, second) = (Draw(rank * columns), Draw(rows * rank));
                var name = $"base_model.model.{TensorNames.OfLayer(layer, target)[..^".weight".Length]}";
                _tensors.Add($"{name}.lora_A.weight", new TinyTensor([rank, columns], first));
                _tensors.Add($"{name}.lora_B.weight", new TinyTensor([rows, rank], second));
                for (var index = 0; index < tensor.Values.Length; index++)
                {
                    var (row, column) = (index / columns, index % columns);
                    tensor.Values[index] += (float)(Alpha / rank * Enumerable.Range(0, rank)
                        .Sum(at => (double)second[(row * rank) + at] * first[(at * columns) + column]));
                }
            }
        }
    }

    public string Write(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(
            Path.Combine(folder, "adapter_config.json"),
            JsonSerializer.Serialize(new { peft_type = "LORA", r = rank, lora_alpha = Alpha, bias = "none" }));
        using var data = new MemoryStream();
        var header = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (name, tensor) in _tensors)
        {
            long[] offsets = [data.Position, data.Position + (tensor.Values.Length * 4L)];
            data.Write(MemoryMarshal.AsBytes(tensor.Values.AsSpan()));
            header.Add(name, new { dtype = "F32", shape = tensor.Dimensions, data_offsets = offsets });
        }

        File.WriteAllBytes(
            Path.Combine(folder, "adapter_model.safetensors"),
            SafetensorsFolder.Bytes(JsonSerializer.Serialize(header), data.ToArray()));
        return folder;
    }

    private float[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => _random.NextSingle() - 0.5f)];
}
