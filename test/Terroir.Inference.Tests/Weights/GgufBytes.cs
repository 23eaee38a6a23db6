using System.Runtime.InteropServices;
using System.Text;
using Terroir.Inference.Onnx.Weights;

namespace Terroir.Inference.Onnx.Tests.Weights;

/// <summary>Writes models as GGUF. Matrices of quantised types are blocks of random codes with small scales.</summary>
internal static class GgufBytes
{
    private static readonly (string Common, string Gguf)[] Names =
    [
        (TensorNames.Embedding, "token_embd.weight"), (TensorNames.Norm, "output_norm.weight"),
        (TensorNames.Output, "output.weight"), (TensorNames.AttentionNorm, "attn_norm.weight"),
        (TensorNames.Query, "attn_q.weight"), (TensorNames.Key, "attn_k.weight"),
        (TensorNames.Value, "attn_v.weight"), (TensorNames.AttentionOutput, "attn_output.weight"),
        (TensorNames.QueryBias, "attn_q.bias"), (TensorNames.KeyBias, "attn_k.bias"),
        (TensorNames.ValueBias, "attn_v.bias"), (TensorNames.QueryNorm, "attn_q_norm.weight"),
        (TensorNames.KeyNorm, "attn_k_norm.weight"), (TensorNames.FeedForwardNorm, "ffn_norm.weight"),
        (TensorNames.Gate, "ffn_gate.weight"), (TensorNames.Up, "ffn_up.weight"),
        (TensorNames.Down, "ffn_down.weight"),
    ];

    public static string Write(TinyModel model, string path, WeightType type = WeightType.F32)
    {
        var random = new Random(7);
        File.WriteAllBytes(path, Of(
            Metadata(model.Shape),
            [
                .. model.Tensors.Select(pair =>
                {
                    var stored = pair.Value.Dimensions.Length == 1 ? WeightType.F32 : type;
                    return (Name(pair.Key), stored, pair.Value.Dimensions, Encode(pair.Value.Values, stored, random));
                }),
            ]));
        return path;
    }

    public static byte[] Of(
        IReadOnlyList<(string Key, object Value)> metadata,
        IReadOnlyList<(string Name, WeightType Type, long[] Dimensions, byte[] Bytes)> tensors)
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write("GGUF"u8);
        writer.Write(3u);
        writer.Write((ulong)tensors.Count);
        writer.Write((ulong)metadata.Count);
        foreach (var (key, value) in metadata)
        {
            WriteText(writer, key);
            WriteValue(writer, value);
        }

        var offset = 0L;
        foreach (var (name, type, dimensions, bytes) in tensors)
        {
            WriteText(writer, name);
            writer.Write((uint)dimensions.Length);
            foreach (var dimension in dimensions.Reverse())
            {
                writer.Write((ulong)dimension);
            }

            writer.Write(Number(type));
            writer.Write((ulong)offset);
            offset = (offset + bytes.Length + 31) / 32 * 32;
        }

        foreach (var (_, _, _, bytes) in tensors)
        {
            writer.Write(new byte[(32 - (file.Position % 32)) % 32]);
            writer.Write(bytes);
        }

        writer.Flush();
        return file.ToArray();
    }

    public static (string Key, object Value)[] Metadata(ModelShape shape)
    {
        var name = $"{shape.Architecture}".ToLowerInvariant();
        return
        [
            ("general.architecture", name),
            ($"{name}.block_count", (uint)shape.Layers),
            ($"{name}.embedding_length", (uint)shape.Hidden),
            ($"{name}.feed_forward_length", (uint)shape.FeedForward),
            ($"{name}.attention.head_count", (uint)shape.Heads),
            ($"{name}.attention.head_count_kv", (uint)shape.KeyValueHeads),
            ($"{name}.attention.key_length", (uint)shape.HeadSize),
            ($"{name}.attention.value_length", (uint)shape.HeadSize),
            ($"{name}.context_length", (uint)shape.Context),
            ($"{name}.attention.layer_norm_rms_epsilon", shape.NormEpsilon),
            ($"{name}.rope.freq_base", (float)shape.Rotary.Base),
        ];
    }

    public static byte[] Encode(float[] values, WeightType type, Random random)
    {
        if (type == WeightType.F32)
        {
            return MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
        }

        var bytes = new byte[type.SizeBytes([values.Length])];
        random.NextBytes(bytes);
        var size = type.BlockBytes();
        for (var start = 0; start < bytes.Length; start += size)
        {
            WriteScales(bytes.AsSpan(start, size), type, random);
        }

        return bytes;
    }

    // Scales that keep values within about 1: random bits could be infinite.
    private static void WriteScales(Span<byte> block, WeightType type, Random random)
    {
        void Put(Span<byte> block, int at, double scale) =>
            BitConverter.TryWriteBytes(block[at..], (Half)(scale * (0.5 + random.NextDouble())));
        switch (type)
        {
            case WeightType.Q40:
                Put(block, 0, 0.02);
                break;
            case WeightType.Q80:
                Put(block, 0, 0.001);
                break;
            case WeightType.Q4K:
                Put(block, 0, 0.0004);
                Put(block, 2, 0.003);
                break;
            default:
                Put(block, 208, 0.00005);
                break;
        }
    }

    private static string Name(string common)
    {
        var parts = common.Split('.', 4);
        var layered = parts is ["model", "layers", ..];
        var own = layered ? parts[3] : common;
        var gguf = Names.Single(pair => string.Equals(pair.Common, own, StringComparison.Ordinal)).Gguf;
        return layered ? $"blk.{parts[2]}.{gguf}" : gguf;
    }

    private static uint Number(WeightType type) => type switch
    {
        WeightType.F32 => 0,
        WeightType.F16 => 1,
        WeightType.Q40 => 2,
        WeightType.Q80 => 8,
        WeightType.Q4K => 12,
        WeightType.Q6K => 14,
        _ => 30,
    };

    private static void WriteText(BinaryWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        writer.Write((ulong)bytes.Length);
        writer.Write(bytes);
    }

    private static void WriteValue(BinaryWriter writer, object value)
    {
        switch (value)
        {
            case uint integer:
                writer.Write(4u);
                writer.Write(integer);
                break;
            case float number:
                writer.Write(6u);
                writer.Write(number);
                break;
            case string text:
                writer.Write(8u);
                WriteText(writer, text);
                break;
            case string[] texts:
                writer.Write(9u);
                writer.Write(8u);
                writer.Write((ulong)texts.Length);
                Array.ForEach(texts, text => WriteText(writer, text));
                break;
            default:
                throw new ArgumentException("no such value", nameof(value));
        }
    }
}
