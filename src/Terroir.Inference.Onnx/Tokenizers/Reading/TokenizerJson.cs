using System.Text.Json;

namespace Terroir.Inference.Onnx.Tokenizers.Reading;

/// <summary>Reads <c>tokenizer.json</c>, the format of Hugging Face tokenizers 0.x.</summary>
/// <remarks>Files of Llama 3, Qwen 2 and 3, Mistral, BERT, XLM-R and CamemBERT use the steps that are known here; any
/// other step is a fault that names it. Settings of training, truncation and padding have no effect.</remarks>
internal static class TokenizerJson
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    /// <summary>Reads a vocabulary.</summary>
    /// <param name="file">The name of the file, for errors.</param>
    /// <param name="content">The file.</param>
    /// <param name="names">The tokens that begin and end a text, which are named in files beside it.</param>
    /// <exception cref="TokenizerUnusableException">It cannot be used.</exception>
    public static TokenizerParts Read(string file, ReadOnlyMemory<byte> content, EndNames names) =>
        VocabularyBytes.Guard(file, () =>
        {
            using var document = JsonDocument.Parse(SkipMark(content), Options);
            return Read(file, document.RootElement, names);
        });

    private static TokenizerParts Read(string file, JsonElement root, EndNames names)
    {
        var added = ReadAdded(root);
        var (model, vocabulary) = JsonModels.Read(
            root.Find("model") ?? throw VocabularyFault.Malformed("model"),
            added);
        var template = root.Find("post_processor") is { } processor
            ? JsonTemplates.Read(processor)
            : ControlTemplate.None;
        if (template.Single.Concat(template.Pair).Any(item => item.Id < 0 || item.Id >= vocabulary.Count))
        {
            throw VocabularyFault.Inconsistent("post_processor");
        }

        return new TokenizerParts
        {
            File = file,
            Vocabulary = vocabulary,
            AddedTokens = added,
            Normalizer = root.Find("normalizer") is { } normalizer ? JsonNormalizers.Read(normalizer) : null,
            PreTokenizer = root.Find("pre_tokenizer") is { } words ? JsonPreTokenizers.Read(words) : null,
            Model = model,
            Template = template,
            Spelling = JsonSpellings.Read(root.Find("decoder")),
            ChatTemplate = names.ChatTemplate,
            BeginningId = names.Beginning is { } beginning ? vocabulary.Find(beginning) : null,
            EndIds =
            [
                .. names.EndIds.Where(id => id >= 0 && id < vocabulary.Count),
                .. names.Ends.Select(end => vocabulary.Find(end)).OfType<int>(),
            ],
        };
    }

    private static AddedToken[] ReadAdded(JsonElement root)
    {
        if (root.Find("added_tokens") is null)
        {
            return [];
        }

        var tokens = root.List("added_tokens").Select(ReadToken).ToArray();
        VocabularyFault.ThrowIfAbove(tokens.Length, TokenizerLimits.AddedTokenCountMax, "added_tokens");
        return tokens;
    }

    private static AddedToken ReadToken(JsonElement token)
    {
        var id = token.Number("id") ?? throw VocabularyFault.Malformed("added_tokens");
        var content = token.Text("content");
        VocabularyFault.ThrowIfAbove(id, TokenizerLimits.TokenCountMax - 1, "added_tokens");
        VocabularyFault.ThrowIfAbove(content.Length, TokenizerLimits.TokenLengthMax, "added_tokens");
        return id < 0 || content.Length == 0
            ? throw VocabularyFault.Malformed("added_tokens")
            : new AddedToken(id, content)
            {
                IsControl = token.Flag("special", false),
                IsNormalized = token.Flag("normalized", true),
                IsLeftStripped = token.Flag("lstrip", false),
                IsRightStripped = token.Flag("rstrip", false),
                IsSingleWord = token.Flag("single_word", false),
            };
    }

    private static ReadOnlyMemory<byte> SkipMark(ReadOnlyMemory<byte> content) =>
        content.Span is [0xEF, 0xBB, 0xBF, ..] ? content[3..] : content;
}
