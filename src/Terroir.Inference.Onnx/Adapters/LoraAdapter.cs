using Terroir.Inference.Onnx.Weights;
using Terroir.Inference.Onnx.Weights.Safetensors;

namespace Terroir.Inference.Onnx.Adapters;

/// <summary>A low-rank adapter (Hu et al. 2021, arXiv:2106.09685) in the layout of the PEFT library: a folder with
/// <c>adapter_config.json</c> and <c>adapter_model.safetensors</c>. Immutable.</summary>
public sealed class LoraAdapter
{
    private const string Config = "adapter_config.json";
    private const string Prefix = "base_model.model.";
    private const string Weight = ".weight";
    private const int RankMax = 1_024;

    private readonly Dictionary<string, AdapterTensor> _inputs;

    private LoraAdapter(string id, Dictionary<string, AdapterTensor> inputs) => (Id, _inputs) = (id, inputs);

    /// <summary>The id that the operator gave.</summary>
    public string Id { get; }

    /// <summary>The inputs of the graph that the adapter gives.</summary>
    internal IReadOnlyDictionary<string, AdapterTensor> Inputs => _inputs;

    /// <summary>Reads an adapter.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="shape">The model that it is for.</param>
    /// <param name="id">The id by which its computed prompts are told from those of others.</param>
    /// <exception cref="WeightsUnusableException">A file is absent or damaged, or the adapter does something else than
    /// add products of low rank to the projections of the model.</exception>
    public static LoraAdapter Load(string folder, ModelShape shape, string id)
    {
        ArgumentNullException.ThrowIfNull(shape);
        using var files = SafetensorsFiles.Open(folder);
        var scale = ReadScale(folder);
        var inputs = new Dictionary<string, AdapterTensor>(StringComparer.Ordinal);
        var used = 0;
        foreach (var slot in AdapterSlot.Of(shape))
        {
            var parts = slot.Parts.Select(part => Find(files, slot, part)).ToArray();
            used += 2 * parts.Count(part => part is not null);
            var rank = parts.Sum(part => part?.First.Rows ?? 0);
            if (rank > 0)
            {
                inputs.Add(slot.First, First(slot, parts, rank));
                inputs.Add(slot.Second, Second(slot, parts, rank, scale));
            }
        }

        return used == files.Names.Count && used > 0
            ? new LoraAdapter(id, inputs)
            : throw new WeightsUnusableException(Config, WeightsProblem.UnsupportedArchitecture, "target_modules");
    }

    private static double ReadScale(string folder)
    {
        using var json = SafetensorsFiles.ReadJson(Path.Combine(folder, Config));
        var config = new JsonSettings(Config, json.RootElement);
        var bias = config.Has("bias") ? config.GetString("bias") : "none";
        if (config.GetString("peft_type") is not "LORA"
            || bias is not "none"
            || config.GetBoolean("use_dora", otherwise: false)
            || config.GetObject("rank_pattern") is { IsEmpty: false }
            || config.GetObject("alpha_pattern") is { IsEmpty: false })
        {
            throw new WeightsUnusableException(Config, WeightsProblem.UnsupportedArchitecture);
        }

        var rank = config.GetInteger("r");
        if (rank is < 1 or > RankMax)
        {
            throw new WeightsUnusableException(Config, WeightsProblem.Malformed, "r");
        }

        var alpha = config.GetNumber("lora_alpha", rank);
        return config.GetBoolean("use_rslora", otherwise: false) ? alpha / Math.Sqrt(rank) : alpha / rank;
    }

    private static PartTensors? Find(SafetensorsFiles files, AdapterSlot slot, AdapterPart part)
    {
        var name = Prefix + TensorNames.OfLayer(slot.Layer, part.Tensor)[..^Weight.Length];
        if (!files.Contains($"{name}.lora_A.weight"))
        {
            return null;
        }

        var first = files.GetTensor($"{name}.lora_A.weight");
        return first.Rows is > 0 and <= RankMax
            ? new PartTensors(
                TensorRules.ExpectMatrix(first, first.Rows, slot.Inputs),
                TensorRules.ExpectMatrix(files.GetTensor($"{name}.lora_B.weight"), part.Rows, first.Rows))
            : throw new WeightsUnusableException(Config, WeightsProblem.Malformed, first.Name);
    }

    // The parts side by side: (inputs, rank).
    private static AdapterTensor First(AdapterSlot slot, PartTensors?[] parts, int rank)
    {
        var values = new float[checked(slot.Inputs * rank)];
        var start = 0;
        foreach (var part in parts.OfType<PartTensors>())
        {
            var stored = part.First.ReadAll();
            for (var index = 0; index < stored.Length; index++)
            {
                values[(index % slot.Inputs * rank) + start + (index / slot.Inputs)] = stored[index];
            }

            start += part.First.Rows;
        }

        return new AdapterTensor(values, [slot.Inputs, rank]);
    }

    // Each part changes its own outputs only: (rank, outputs), block by block.
    private static AdapterTensor Second(AdapterSlot slot, PartTensors?[] parts, int rank, double scale)
    {
        var values = new float[checked(rank * slot.Outputs)];
        var (start, firstOutput) = (0, 0);
        for (var index = 0; index < parts.Length; index++)
        {
            var part = slot.Parts[index];
            if (parts[index] is { } tensors)
            {
                var (stored, own) = (tensors.Second.ReadAll(), tensors.First.Rows);
                for (var output = 0; output < part.Outputs; output++)
                {
                    var row = part.RowOf(output);
                    for (var at = 0; at < own && row >= 0; at++)
                    {
                        values[((start + at) * slot.Outputs) + firstOutput + output] =
                            (float)(scale * stored[(row * own) + at]);
                    }
                }

                start += own;
            }

            firstOutput += part.Outputs;
        }

        return new AdapterTensor(values, [rank, slot.Outputs]);
    }

    private sealed record PartTensors(WeightTensor First, WeightTensor Second);
}
