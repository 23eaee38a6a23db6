using System.Runtime.InteropServices;
using System.Text.Json;

namespace Terroir.Crash;

/// <summary>An encoder as its makers publish it, which was made up: it knows letters, and its weights are drawn from a
/// seed.</summary>
internal sealed class MadeEncoder
{
    private const int Positions = 128;
    private const string Letters = "abcdefghijklmnopqrstuvwxyz0123456789'.,!?#-";

    private static readonly string[] Special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"];

    /// <summary>The length of a hidden state: a multiple of 4.</summary>
    public int Hidden { get; init; } = 32;

    /// <summary>The length inside of a layer.</summary>
    public int Inner { get; init; } = 48;

    /// <summary>How many layers it has.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>Whether it is a reranker instead.</summary>
    public bool IsReranker { get; init; }

    private static int Vocabulary => Special.Length + (2 * Letters.Length);

    /// <summary>Writes its files.</summary>
    /// <param name="folder">The folder; it may be absent.</param>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        WriteJson(folder, "config.json", new
        {
            model_type = "bert",
            num_hidden_layers = Layers,
            hidden_size = Hidden,
            intermediate_size = Inner,
            num_attention_heads = 4,
            vocab_size = Vocabulary,
            max_position_embeddings = Positions,
            type_vocab_size = 2,
            hidden_act = "gelu",
        });
        WriteJson(folder, "config_sentence_transformers.json", new
        {
            prompts = new { query = "query: ", passage = "passage: " },
        });
        WriteJson(folder, "tokenizer.json", Tokenizer());
        WriteWeights(Path.Combine(folder, "model.safetensors"));
    }

    private static void WriteJson(string folder, string name, object content) =>
        File.WriteAllText(Path.Combine(folder, name), JsonSerializer.Serialize(content));

    private static object Tokenizer()
    {
        var pieces = Special.Concat(Letters.Select(letter => $"{letter}"))
            .Concat(Letters.Select(letter => $"##{letter}"));
        object Piece(string id, int type) => new { SpecialToken = new { id, type_id = type } };
        object Text(string id, int type) => new { Sequence = new { id, type_id = type } };
        object Known(string id) => new { id, ids = new[] { Array.IndexOf(Special, id) }, tokens = new[] { id } };
        return new
        {
            version = "1.0",
            added_tokens = Special.Select((content, id) => new
            {
                id,
                content,
                single_word = false,
                lstrip = false,
                rstrip = false,
                normalized = false,
                special = true,
            }),
            normalizer = new
            {
                type = "BertNormalizer",
                clean_text = true,
                handle_chinese_chars = true,
                strip_accents = (bool?)null,
                lowercase = true,
            },
            pre_tokenizer = new { type = "BertPreTokenizer" },
            post_processor = new
            {
                type = "TemplateProcessing",
                single = new[] { Piece("[CLS]", 0), Text("A", 0), Piece("[SEP]", 0) },
                pair = new[] { Piece("[CLS]", 0), Text("A", 0), Piece("[SEP]", 0), Text("B", 1), Piece("[SEP]", 1) },
                special_tokens = new Dictionary<string, object>(StringComparer.Ordinal)
                {
                    ["[CLS]"] = Known("[CLS]"),
                    ["[SEP]"] = Known("[SEP]"),
                },
            },
            decoder = new { type = "WordPiece", prefix = "##", cleanup = false },
            model = new
            {
                type = "WordPiece",
                unk_token = "[UNK]",
                continuing_subword_prefix = "##",
                max_input_chars_per_word = 100,
                vocab = pieces.Index().ToDictionary(item => item.Item, item => item.Index, StringComparer.Ordinal),
            },
        };
    }

    private void WriteWeights(string path)
    {
        var random = new Random(1);
        var header = new Dictionary<string, object>(StringComparer.Ordinal);
        using var data = new MemoryStream();
        foreach (var (name, shape) in Shapes())
        {
            var middle = name.EndsWith("LayerNorm.weight", StringComparison.Ordinal) ? 1 : 0;
            var values = new float[shape.Aggregate(1, (product, length) => product * length)];
            for (var at = 0; at < values.Length; at++)
            {
                values[at] = middle + ((random.NextSingle() - 0.5f) * 0.2f);
            }

            var start = data.Position;
            data.Write(MemoryMarshal.AsBytes(values.AsSpan()));
            header[name] = new { dtype = "F32", shape, data_offsets = new[] { start, data.Position } };
        }

        using var file = File.Create(path);
        var json = JsonSerializer.SerializeToUtf8Bytes(header);
        file.Write(BitConverter.GetBytes((long)json.Length));
        file.Write(json);
        data.WriteTo(file);
    }

    private IEnumerable<(string Name, int[] Shape)> Shapes()
    {
        yield return ("embeddings.word_embeddings.weight", [Vocabulary, Hidden]);
        yield return ("embeddings.position_embeddings.weight", [Positions, Hidden]);
        yield return ("embeddings.token_type_embeddings.weight", [2, Hidden]);
        foreach (var (name, rows, columns) in Matrices())
        {
            yield return ($"{name}.weight", [rows, columns]);
            yield return ($"{name}.bias", [rows]);
        }

        var norms = Enumerable.Range(0, Layers).Select(LayerName)
            .SelectMany(layer => new[] { $"{layer}.attention.output", $"{layer}.output" });
        foreach (var name in norms.Prepend("embeddings"))
        {
            yield return ($"{name}.LayerNorm.weight", [Hidden]);
            yield return ($"{name}.LayerNorm.bias", [Hidden]);
        }
    }

    private IEnumerable<(string Name, int Rows, int Columns)> Matrices()
    {
        foreach (var layer in Enumerable.Range(0, Layers).Select(LayerName))
        {
            yield return ($"{layer}.attention.self.query", Hidden, Hidden);
            yield return ($"{layer}.attention.self.key", Hidden, Hidden);
            yield return ($"{layer}.attention.self.value", Hidden, Hidden);
            yield return ($"{layer}.attention.output.dense", Hidden, Hidden);
            yield return ($"{layer}.intermediate.dense", Inner, Hidden);
            yield return ($"{layer}.output.dense", Hidden, Inner);
        }

        if (IsReranker)
        {
            yield return ("pooler.dense", Hidden, Hidden);
            yield return ("classifier", 1, Hidden);
        }
    }

    private static string LayerName(int layer) => $"encoder.layer.{layer}";
}
