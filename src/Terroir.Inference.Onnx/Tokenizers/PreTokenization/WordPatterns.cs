namespace Terroir.Inference.Onnx.Tokenizers.PreTokenization;

/// <summary>The regular expressions by which known byte-level vocabularies cut words, by the name that a GGUF file
/// gives them in <c>tokenizer.ggml.pre</c>.</summary>
internal static class WordPatterns
{
    /// <summary>That of GPT-2, which is also the one that <c>ByteLevel</c> means.</summary>
    public const string Gpt2 =
        @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    private const string Llama3 = @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}"
        + @"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    private const string Qwen2 = @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}"
        + @"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    private const string Tekken =
        @"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+"
        + @"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*"
        + @"|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    /// <summary>Finds the expression of a name; <see langword="null"/> if the name is not known.</summary>
    public static string? Find(string name) => name switch
    {
        "gpt-2" or "phi-2" or "jina-es" or "jina-de" or "roberta-bpe" => Gpt2,
        "llama-bpe" or "llama-v3" or "llama3" => Llama3,
        "qwen2" or "deepseek-r1-qwen" => Qwen2,
        "tekken" => Tekken,
        _ => null,
    };

    /// <summary>Whether a word that is a token is one whatever the merges say, as with Llama 3; such vocabularies also
    /// mark the beginning of a text unless the file says otherwise.</summary>
    public static bool IsWholeFirst(string name) => name is "llama-bpe" or "llama-v3" or "llama3";
}
