using System.Text;

namespace Terroir.Bench.Inference;

/// <summary>Writes a model of the shape of Qwen2-0.5B (494 million parameters) with random weights as GGUF Q4_0: for
/// speed, what the weights say does not matter.</summary>
internal static class RandomGguf
{
    public const int Vocabulary = 151_936;

    private const int Layers = 24;
    private const int Hidden = 896;
    private const int FeedForward = 4_864;
    private const int Keys = 128;
    private const int Context = 4_096;
    private const int Block = 32;

    public static void Write(string path)
    {
        using var file = new BinaryWriter(
            new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20));
        var tensors = Tensors().ToArray();
        var metadata = Metadata();
        file.Write("GGUF"u8);
        file.Write(3u);
        file.Write((ulong)tensors.Length);
        file.Write((ulong)metadata.Length);
        foreach (var (key, value) in metadata)
        {
            WriteText(file, key);
            WriteValue(file, value);
        }

        var offset = 0L;
        foreach (var tensor in tensors)
        {
            WriteText(file, tensor.Name);
            file.Write(tensor.Rows == 0 ? 1u : 2u);
            file.Write((ulong)tensor.Columns);
            if (tensor.Rows > 0)
            {
                file.Write((ulong)tensor.Rows);
            }

            file.Write(tensor.Rows == 0 ? 0u : 2u);
            file.Write((ulong)offset);
            offset = Align(offset + tensor.SizeBytes);
        }

        var random = new Random(1);
        foreach (var tensor in tensors)
        {
            file.Flush();
            file.Write(new byte[Align(file.BaseStream.Position) - file.BaseStream.Position]);
            WriteTensor(file, tensor, random);
        }
    }

    private static long Align(long offset) => (offset + 31) / 32 * 32;

    private static (string Key, object Value)[] Metadata() =>
    [
        ("general.architecture", "qwen2"),
        ("general.name", "random"),
        ("qwen2.context_length", Context),
        ("qwen2.embedding_length", Hidden),
        ("qwen2.block_count", Layers),
        ("qwen2.feed_forward_length", FeedForward),
        ("qwen2.attention.head_count", 14),
        ("qwen2.attention.head_count_kv", 2),
        ("qwen2.attention.layer_norm_rms_epsilon", 1e-6f),
        ("qwen2.rope.freq_base", 1_000_000f),
        ("qwen2.vocab_size", Vocabulary),
        ("general.file_type", 2),
        ("tokenizer.ggml.model", "none"),
    ];

    private static IEnumerable<RandomTensor> Tensors()
    {
        yield return new("token_embd.weight", Vocabulary, Hidden);
        yield return new("output_norm.weight", 0, Hidden);
        for (var layer = 0; layer < Layers; layer++)
        {
            var name = $"blk.{layer}.";
            yield return new($"{name}attn_norm.weight", 0, Hidden);
            yield return new($"{name}ffn_norm.weight", 0, Hidden);
            yield return new($"{name}attn_q.weight", Hidden, Hidden);
            yield return new($"{name}attn_k.weight", Keys, Hidden);
            yield return new($"{name}attn_v.weight", Keys, Hidden);
            yield return new($"{name}attn_q.bias", 0, Hidden);
            yield return new($"{name}attn_k.bias", 0, Keys);
            yield return new($"{name}attn_v.bias", 0, Keys);
            yield return new($"{name}attn_output.weight", Hidden, Hidden);
            yield return new($"{name}ffn_gate.weight", FeedForward, Hidden);
            yield return new($"{name}ffn_up.weight", FeedForward, Hidden);
            yield return new($"{name}ffn_down.weight", Hidden, FeedForward);
        }
    }

    private static void WriteTensor(BinaryWriter file, RandomTensor tensor, Random random)
    {
        if (tensor.Rows == 0)
        {
            for (var index = 0; index < tensor.Columns; index++)
            {
                file.Write(tensor.Name.EndsWith("bias", StringComparison.Ordinal)
                    ? 0.1f * (random.NextSingle() - 0.5f)
                    : 0.9f + (0.2f * random.NextSingle()));
            }

            return;
        }

        var row = new byte[tensor.Columns / Block * 18];
        for (var index = 0; index < tensor.Rows; index++)
        {
            random.NextBytes(row);
            for (var start = 0; start < row.Length; start += 18)
            {
                BitConverter.TryWriteBytes(row.AsSpan(start), (Half)(0.0043 * (0.75 + (0.5 * random.NextDouble()))));
            }

            file.Write(row);
        }
    }

    private static void WriteText(BinaryWriter file, string text)
    {
        file.Write((ulong)text.Length);
        file.Write(Encoding.ASCII.GetBytes(text));
    }

    private static void WriteValue(BinaryWriter file, object value)
    {
        switch (value)
        {
            case int integer:
                file.Write(4u);
                file.Write((uint)integer);
                break;
            case float number:
                file.Write(6u);
                file.Write(number);
                break;
            default:
                file.Write(8u);
                WriteText(file, (string)value);
                break;
        }
    }

    // A vector of binary32 where there are no rows; a matrix of Q4_0 otherwise.
    private sealed record RandomTensor(string Name, int Rows, int Columns)
    {
        public long SizeBytes => Rows == 0 ? Columns * sizeof(float) : (long)Rows * Columns / Block * 18;
    }
}
