using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using Terroir.Inference.Onnx.Weights;

namespace Terroir.Inference.Onnx.Tests.Weights;

/// <summary>Writes models as folders of Hugging Face.</summary>
internal static class SafetensorsFolder
{
    public static string Write(TinyModel model, string folder, WeightType type = WeightType.F32, int files = 1)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "config.json"), JsonSerializer.Serialize(Config(model.Shape)));
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var part = 0; part < files; part++)
        {
            var name = files == 1 ? "model.safetensors" : $"model-0000{part + 1}-of-0000{files}.safetensors";
            var tensors = model.Tensors.Where((_, index) => index % files == part).ToDictionary(StringComparer.Ordinal);
            File.WriteAllBytes(Path.Combine(folder, name), Bytes(tensors, type));
            foreach (var tensor in tensors.Keys)
            {
                map.Add(tensor, name);
            }
        }

        if (files > 1)
        {
            File.WriteAllText(
                Path.Combine(folder, "model.safetensors.index.json"),
                JsonSerializer.Serialize(new { weight_map = map }));
        }

        return folder;
    }

    public static byte[] Bytes(string header, ReadOnlySpan<byte> data)
    {
        var json = System.Text.Encoding.UTF8.GetBytes(header);
        var bytes = new byte[8 + json.Length + data.Length];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, json.Length);
        json.CopyTo(bytes, 8);
        data.CopyTo(bytes.AsSpan(8 + json.Length));
        return bytes;
    }

    private static byte[] Bytes(Dictionary<string, TinyTensor> tensors, WeightType type)
    {
        using var data = new MemoryStream();
        var header = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["__metadata__"] = new { format = "pt" },
        };
        foreach (var (name, tensor) in tensors)
        {
            var bytes = Encode(tensor.Values, type);
            long[] offsets = [data.Position, data.Position + bytes.Length];
            data.Write(bytes);
            header.Add(
                name,
                new { dtype = $"{type}".ToUpperInvariant(), shape = tensor.Dimensions, data_offsets = offsets });
        }

        return Bytes(JsonSerializer.Serialize(header), data.ToArray());
    }

    private static byte[] Encode(float[] values, WeightType type) => type switch
    {
        WeightType.F16 => AsBytes(Array.ConvertAll(values, value => (Half)value)),
        WeightType.Bf16 => AsBytes(
            Array.ConvertAll(values, value => (ushort)(BitConverter.SingleToUInt32Bits(value) >> 16))),
        _ => AsBytes(values),
    };

    private static byte[] AsBytes<T>(T[] values)
        where T : unmanaged => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

    private static Dictionary<string, object?> Config(ModelShape shape) => new(StringComparer.Ordinal)
    {
        ["model_type"] = $"{shape.Architecture}".ToLowerInvariant(),
        ["hidden_size"] = shape.Hidden,
        ["intermediate_size"] = shape.FeedForward,
        ["num_hidden_layers"] = shape.Layers,
        ["num_attention_heads"] = shape.Heads,
        ["num_key_value_heads"] = shape.KeyValueHeads,
        ["head_dim"] = shape.HeadSize,
        ["vocab_size"] = shape.Vocabulary,
        ["max_position_embeddings"] = shape.Context,
        ["rms_norm_eps"] = shape.NormEpsilon,
        ["tie_word_embeddings"] = shape.TiedEmbeddings,
        ["attention_bias"] = shape.OutputBias,
        ["sliding_window"] = shape.SlidingWindow,
        ["hidden_act"] = "silu",
        ["rope_theta"] = shape.Rotary.Base,
        ["rope_scaling"] = Scaling(shape.Rotary),
    };

    private static Dictionary<string, object>? Scaling(RotaryShape rotary) => rotary.Scaling == RotaryScalingKind.None
        ? null
        : new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["rope_type"] = $"{rotary.Scaling}".ToLowerInvariant(),
            ["factor"] = rotary.Factor,
            ["low_freq_factor"] = rotary.LowFrequencyFactor,
            ["high_freq_factor"] = rotary.HighFrequencyFactor,
            ["beta_fast"] = rotary.BetaFast,
            ["beta_slow"] = rotary.BetaSlow,
            ["original_max_position_embeddings"] = rotary.OriginalContext,
        };
}
