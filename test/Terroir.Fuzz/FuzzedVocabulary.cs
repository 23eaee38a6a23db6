using Terroir.Inference.Onnx.Tokenizers;

namespace Terroir.Fuzz;

/// <summary>Reads a vocabulary as an import would, and cuts a text by it. Refusing it is an outcome; any other
/// exception is a finding.</summary>
internal static class FuzzedVocabulary
{
    private const string Text = "Le prix est de 1 250,50 € (½ tarif).\r\n\tI'll 日本 🦙 <s> [SEP] \u0301";

    public static void Read(Stream content, string extension)
    {
        var folder = Directory.CreateTempSubdirectory("terroir-fuzz-").FullName;
        try
        {
            var path = Path.Combine(folder, $"tokenizer.{extension}");
            using (var file = File.Create(path))
            {
                content.CopyTo(file);
            }

            var tokenizer = TokenizerFiles.Open(path);
            var tokens = tokenizer.Encode(Text, EncodeOptions.AddControl);
            _ = tokenizer.Decode(tokens.Select(token => token.Id));
            _ = tokenizer.EncodeInput(Text, Text, tokensMax: 16);
            _ = new TextCodec(tokenizer);
        }
        catch (Exception exception) when (exception is TokenizerUnusableException or WeightsUnusableException)
        {
            // Refused, as most of what the fuzzer makes up.
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
