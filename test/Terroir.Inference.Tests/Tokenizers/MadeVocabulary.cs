using System.Text;
using System.Text.Json;
using Terroir.Inference.Onnx.Tokenizers;
using Terroir.Inference.Onnx.Tokenizers.Reading;

namespace Terroir.Inference.Onnx.Tests.Tokenizers;

/// <summary>The handmade vocabularies in <c>test/golden/tokenizers</c>.</summary>
internal static class MadeVocabulary
{
    public static ITokenizer Open(string name)
    {
        var text = File.ReadAllText(Find($"{name}.json"));
        if (text.Contains("\"@charsmap\"", StringComparison.Ordinal))
        {
            text = text.Replace("\"@charsmap\"", $"\"{ReadTable()}\"", StringComparison.Ordinal);
        }

        return Read(text);
    }

    public static ITokenizer Read(string json) =>
        new Tokenizer(TokenizerJson.Read("tokenizer.json", Encoding.UTF8.GetBytes(json), EndNames.None));

    public static IReadOnlyList<Golden> Goldens(string name) =>
        JsonSerializer.Deserialize<Golden[]>(
            File.ReadAllText(Find($"{name}.golden.json")),
            JsonSerializerOptions.Web)!;

    public static string Find(string file)
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var path = Path.Combine(folder, "test", "golden", "tokenizers", file);
            if (File.Exists(path))
            {
                return path;
            }
        }

        throw new FileNotFoundException(file);
    }

    private static string ReadTable()
    {
        var file = File.ReadAllBytes(SharedData.Model("tokenizers/spm-unigram-en-1000.model"));
        var model = new ProtobufReader(file);
        while (model.Read())
        {
            var settings = new ProtobufReader(model.Field == 3 ? model.Bytes : []);
            while (settings.Read())
            {
                if (settings.Field == 2)
                {
                    return Convert.ToBase64String(settings.Bytes);
                }
            }
        }

        throw new InvalidDataException("The model has no compiled normalisation.");
    }

    internal sealed record Golden(string Text, int[] Ids, int[] Full, string Decoded);
}
