using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Terroir.Server.Tests.Models;

/// <summary>A model of two layers whose weights are constructed, not trained: it goes on with what followed the same
/// token earlier (the induction heads of Olsson et al. 2022, arXiv:2209.11895), so it copies from its prompt, and it
/// has a fixed answer to some tokens.</summary>
/// <remarks>A hidden state is [what the token is | what the token before is | what to write | a mark for each token
/// with a fixed answer]. The first layer finds the token before by position alone, the second the place after an equal
/// token.</remarks>
internal static class CopyingModel
{
    private const int CodeLength = 64;
    private const int HeadSize = 256;
    private const int Hidden = 256;
    private const int FeedForward = 16;
    private const int FastPairs = 12;
    private const int SlowPairs = HeadSize / 4;
    private const string End = "</s>";

    private static readonly string[] Pieces =
    [
        "Le badge provisoire", " se retire au poste", " se retire au guichet", " de sécurité du", " rez-de-chaussée",
        " [", "]", ".", "?", "\n", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9",
    ];

    // What is written after a token, the best first: a number is a guess, and 9 is the favourite.
    private static readonly (string After, string[] Next)[] Answers =
    [
        ("?", ["Le badge provisoire"]),
        (" rez-de-chaussée", [" ["]),
        (" [", ["9", "8", "7", "6", "5", "4", "3", "2", "1"]),
        .. Enumerable.Range(1, 9).Select(digit => ($"{digit}", (string[])["]"])),
        ("]", ["."]),
        (".", [End]),
    ];

    /// <summary>Writes the model as a folder of Hugging Face.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="context">How many tokens a prompt and its answer have at most.</param>
    public static string Write(string folder, int context = 4_096)
    {
        Directory.CreateDirectory(folder);
        string[] vocabulary =
            ["<unk>", End, .. Enumerable.Range(0, 256).Select(value => $"<0x{value:X2}>"), .. Pieces];
        Save(folder, "config.json", new
        {
            model_type = "qwen2",
            hidden_size = Hidden,
            intermediate_size = FeedForward,
            num_hidden_layers = 2,
            num_attention_heads = 1,
            num_key_value_heads = 1,
            head_dim = HeadSize,
            vocab_size = vocabulary.Length,
            max_position_embeddings = context,
            rms_norm_eps = 1e-6,
            tie_word_embeddings = false,
            hidden_act = "silu",
            rope_theta = 1e30,
        });
        Save(folder, "tokenizer.json", new
        {
            added_tokens = new[] { new { id = 1, content = End, special = true } },
            decoder = new { type = "Sequence", decoders = new object[] { new { type = "ByteFallback" } } },
            model = new
            {
                type = "Unigram",
                unk_id = 0,
                byte_fallback = true,
                vocab = vocabulary.Select(piece => new object[] { piece, -1.0 }),
            },
        });
        Save(folder, "tokenizer_config.json", new { eos_token = End });
        File.WriteAllBytes(Path.Combine(folder, "model.safetensors"), Serialise(Tensors(vocabulary)));
        return folder;
    }

    private static void Save(string folder, string name, object content) =>
        File.WriteAllText(Path.Combine(folder, name), JsonSerializer.Serialize(content));

    private static Dictionary<string, float[,]> Tensors(string[] vocabulary)
    {
        var random = new Random(7);
        var codes = new float[vocabulary.Length, CodeLength];
        foreach (ref var value in MemoryMarshal.CreateSpan(ref codes[0, 0], codes.Length))
        {
            value = random.Next(2) == 0 ? -1 : 1;
        }

        var tensors = new Dictionary<string, float[,]>(StringComparer.Ordinal)
        {
            ["model.embed_tokens.weight"] = Embed(vocabulary, codes),
            ["lm_head.weight"] = Read(vocabulary, codes),
            ["model.norm.weight"] = Fill(1, Hidden),
        };
        for (var layer = 0; layer < 2; layer++)
        {
            var prefix = $"model.layers.{layer}.";
            tensors[prefix + "input_layernorm.weight"] = Fill(1, Hidden);
            tensors[prefix + "post_attention_layernorm.weight"] = Fill(1, Hidden);
            tensors[prefix + "mlp.gate_proj.weight"] = new float[FeedForward, Hidden];
            tensors[prefix + "mlp.up_proj.weight"] = new float[FeedForward, Hidden];
            tensors[prefix + "mlp.down_proj.weight"] = new float[Hidden, FeedForward];
            tensors[prefix + "self_attn.v_proj.weight"] = Map(to: 0, from: 0, gain: 1, HeadSize, Hidden);
            tensors[prefix + "self_attn.v_proj.bias"] = new float[1, HeadSize];

            // What a head reads goes to "the token before" in the first layer, and to "what to write" in the second.
            tensors[prefix + "self_attn.o_proj.weight"] =
                Map(to: (layer + 1) * CodeLength, from: 0, gain: 1, Hidden, HeadSize);
        }

        AddPositions(tensors);

        // Pairs of slow frequencies hardly turn: there tokens are compared, wherever they stand.
        tensors["model.layers.1.self_attn.q_proj.weight"] = Map(SlowPairs, from: 0, gain: 6, HeadSize, Hidden);
        tensors["model.layers.1.self_attn.k_proj.weight"] = Map(SlowPairs, CodeLength, gain: 6, HeadSize, Hidden);
        tensors["model.layers.1.self_attn.q_proj.bias"] = new float[1, HeadSize];
        tensors["model.layers.1.self_attn.k_proj.bias"] = new float[1, HeadSize];
        return tensors;
    }

    // A query that looks as if it stood one place earlier meets the key of that place.
    private static void AddPositions(Dictionary<string, float[,]> tensors)
    {
        const float Gain = 24;
        var (query, key) = (new float[1, HeadSize], new float[1, HeadSize]);
        for (var pair = 0; pair < FastPairs; pair++)
        {
            var frequency = Math.Pow(10, -30.0 * pair / (HeadSize / 2));
            query[0, pair] = Gain * (float)Math.Cos(frequency);
            query[0, pair + (HeadSize / 2)] = -Gain * (float)Math.Sin(frequency);
            key[0, pair] = Gain;
        }

        tensors["model.layers.0.self_attn.q_proj.weight"] = new float[HeadSize, Hidden];
        tensors["model.layers.0.self_attn.k_proj.weight"] = new float[HeadSize, Hidden];
        tensors["model.layers.0.self_attn.q_proj.bias"] = query;
        tensors["model.layers.0.self_attn.k_proj.bias"] = key;
    }

    private static float[,] Embed(string[] vocabulary, float[,] codes)
    {
        var rows = new float[vocabulary.Length, Hidden];
        for (var token = 0; token < vocabulary.Length; token++)
        {
            for (var at = 0; at < CodeLength; at++)
            {
                rows[token, at] = codes[token, at];
            }

            if (MarkOf(vocabulary[token]) is >= 0 and var mark)
            {
                rows[token, (3 * CodeLength) + mark] = 1;
            }
        }

        return rows;
    }

    private static float[,] Read(string[] vocabulary, float[,] codes)
    {
        var rows = new float[vocabulary.Length, Hidden];
        for (var token = 0; token < vocabulary.Length; token++)
        {
            for (var at = 0; at < CodeLength; at++)
            {
                rows[token, (2 * CodeLength) + at] = codes[token, at];
            }

            foreach (var (index, (_, next)) in Answers.Index())
            {
                var rank = Array.IndexOf(next, vocabulary[token]);
                rows[token, (3 * CodeLength) + index] = rank < 0 ? 0 : 1_000 - (50 * rank);
            }
        }

        return rows;
    }

    private static int MarkOf(string piece) =>
        Array.FindIndex(Answers, answer => string.Equals(answer.After, piece, StringComparison.Ordinal));

    private static float[,] Map(int to, int from, float gain, int rows, int columns)
    {
        var matrix = new float[rows, columns];
        for (var at = 0; at < CodeLength; at++)
        {
            matrix[to + at, from + at] = gain;
        }

        return matrix;
    }

    private static float[,] Fill(float value, int count)
    {
        var vector = new float[1, count];
        MemoryMarshal.CreateSpan(ref vector[0, 0], count).Fill(value);
        return vector;
    }

    private static byte[] Serialise(Dictionary<string, float[,]> tensors)
    {
        using var data = new MemoryStream();
        var header = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (name, values) in tensors)
        {
            var (rows, columns) = (values.GetLength(0), values.GetLength(1));
            var start = data.Position;
            data.Write(MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref values[0, 0], values.Length)));
            var isVector = rows == 1;
            header[name] = new
            {
                dtype = "F32",
                shape = isVector ? new[] { columns } : [rows, columns],
                data_offsets = new[] { start, data.Position },
            };
        }

        var json = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(header));
        var size = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(size, json.Length);
        return [.. size, .. json, .. data.ToArray()];
    }
}
