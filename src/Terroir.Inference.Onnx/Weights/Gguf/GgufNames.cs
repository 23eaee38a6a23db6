using System.Globalization;

namespace Terroir.Inference.Onnx.Weights.Gguf;

/// <summary>The tensor names of llama.cpp and those of Hugging Face.</summary>
internal static class GgufNames
{
    /// <summary>Divisors of the rotary frequencies, where a model has them.</summary>
    public const string RotaryDivisors = "rope_freqs.weight";

    private static readonly Dictionary<string, string> Whole = new(StringComparer.Ordinal)
    {
        ["token_embd.weight"] = TensorNames.Embedding,
        ["output_norm.weight"] = TensorNames.Norm,
        ["output.weight"] = TensorNames.Output,
    };

    private static readonly Dictionary<string, string> OfLayers = new(StringComparer.Ordinal)
    {
        ["attn_norm.weight"] = TensorNames.AttentionNorm,
        ["attn_q.weight"] = TensorNames.Query,
        ["attn_k.weight"] = TensorNames.Key,
        ["attn_v.weight"] = TensorNames.Value,
        ["attn_output.weight"] = TensorNames.AttentionOutput,
        ["attn_q.bias"] = TensorNames.QueryBias,
        ["attn_k.bias"] = TensorNames.KeyBias,
        ["attn_v.bias"] = TensorNames.ValueBias,
        ["attn_output.bias"] = TensorNames.AttentionOutputBias,
        ["attn_q_norm.weight"] = TensorNames.QueryNorm,
        ["attn_k_norm.weight"] = TensorNames.KeyNorm,
        ["ffn_norm.weight"] = TensorNames.FeedForwardNorm,
        ["ffn_gate.weight"] = TensorNames.Gate,
        ["ffn_up.weight"] = TensorNames.Up,
        ["ffn_down.weight"] = TensorNames.Down,
    };

    /// <summary>Returns the name that every source uses; a name that is not known stays as it is.</summary>
    public static string ToCommon(string name)
    {
        if (Whole.TryGetValue(name, out var whole))
        {
            return whole;
        }

        var parts = name.Split('.', 3);
        return parts is ["blk", var layer, var rest]
            && int.TryParse(layer, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && OfLayers.TryGetValue(rest, out var common)
                ? TensorNames.OfLayer(index, common)
                : name;
    }
}
