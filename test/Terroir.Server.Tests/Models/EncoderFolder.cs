using System.Runtime.InteropServices;
using System.Text.Json;
using Terroir.Inference.Onnx.Catalogue;
using Terroir.Inference.Onnx.Quantisation;
using Terroir.Server.Models;

namespace Terroir.Server.Tests.Models;

/// <summary>Writes an encoder of one layer as its makers publish it: it knows letters, with weights drawn from a
/// seed.</summary>
internal static class EncoderFolder
{
    private const int Hidden = 32;
    private const int Inner = 48;
    private const int Positions = 128;
    private const string Letters = "abcdefghijklmnopqrstuvwxyz0123456789'.,!?#-";

    private static readonly string[] Special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"];

    private static int Vocabulary => Special.Length + (2 * Letters.Length);

    /// <summary>Imports one into a site.</summary>
    /// <param name="site">The site.</param>
    /// <param name="isReranker">Whether it is a reranker instead.</param>
    public static ModelCard Import(SiteFolder site, bool isReranker = false)
    {
        var folder = Directory.CreateTempSubdirectory("terroir-encoder-");
        try
        {
            var source = Path.Combine(folder.FullName, "tiny");
            Write(source, isReranker);
            var catalogue = new ModelCatalogue(
                site.ModelsFolder,
                new ModelDisk(),
                new CardSeal(site.ReadIdentity().Key));
            return new ModelImporter(catalogue).Import(
                source,
                vocabulary: null,
                WeightPrecision.Full,
                new Progress<ModelProgress>(),
                TestContext.Current.CancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Write(string folder, bool isReranker)
    {
        Directory.CreateDirectory(folder);
        WriteJson(folder, "config.json", new
        {
            model_type = "bert",
            num_hidden_layers = 1,
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
        WriteWeights(Path.Combine(folder, "model.safetensors"), isReranker);
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

    private static void WriteWeights(string path, bool isReranker)
    {
        var random = new Random(1);
        var header = new Dictionary<string, object>(StringComparer.Ordinal);
        using var data = new MemoryStream();
        foreach (var (name, shape) in Shapes(isReranker))
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

    private static IEnumerable<(string Name, int[] Shape)> Shapes(bool isReranker)
    {
        yield return ("embeddings.word_embeddings.weight", [Vocabulary, Hidden]);
        yield return ("embeddings.position_embeddings.weight", [Positions, Hidden]);
        yield return ("embeddings.token_type_embeddings.weight", [2, Hidden]);
        const string Layer = "encoder.layer.0";
        string[] square =
        [
            "attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense",
        ];
        var layers = square.Select(name => ($"{Layer}.{name}", Rows: Hidden, Columns: Hidden)).ToList();
        layers.Add(($"{Layer}.intermediate.dense", Inner, Hidden));
        layers.Add(($"{Layer}.output.dense", Hidden, Inner));
        if (isReranker)
        {
            layers.Add(("pooler.dense", Hidden, Hidden));
            layers.Add(("classifier", 1, Hidden));
        }

        foreach (var (name, rows, columns) in layers)
        {
            yield return ($"{name}.weight", [rows, columns]);
            yield return ($"{name}.bias", [rows]);
        }

        string[] norms = ["embeddings", $"{Layer}.attention.output", $"{Layer}.output"];
        foreach (var name in norms)
        {
            yield return ($"{name}.LayerNorm.weight", [Hidden]);
            yield return ($"{name}.LayerNorm.bias", [Hidden]);
        }
    }
}
