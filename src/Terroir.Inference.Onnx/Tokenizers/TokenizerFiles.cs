using Terroir.Inference.Onnx.Tokenizers.Reading;
using Terroir.Inference.Onnx.Weights.Gguf;

namespace Terroir.Inference.Onnx.Tokenizers;

/// <summary>Opens the vocabulary of a model.</summary>
public static class TokenizerFiles
{
    /// <summary>The files of a folder that may hold a vocabulary, the first that is there being it.</summary>
    internal static IReadOnlyList<string> Names { get; } =
        ["tokenizer.json", "tokenizer.model", "vocabulary.gguf", "tokenizer.bin"];

    /// <summary>Opens a vocabulary.</summary>
    /// <param name="path">A GGUF file; a folder with such a file, as an import writes it; or one of
    /// these files, or <c>tokenizer.bin</c> of llama2.c.</param>
    /// <returns>The tokenizer.</returns>
    /// <exception cref="TokenizerUnusableException">It is not there or cannot be used.</exception>
    /// <exception cref="WeightsUnusableException">The GGUF file is damaged.</exception>
    public static ITokenizer Open(string path) => new Tokenizer(Read(path));

    private static TokenizerParts Read(string path)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
        if (Directory.Exists(path))
        {
            return ReadFolder(path, name);
        }

        if (IsGguf(path))
        {
            using var gguf = GgufFile.Open(path);
            return GgufVocabulary.Read(name, gguf.Metadata);
        }

        var content = VocabularyBytes.Read(path);
        return Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".JSON" => TokenizerJson.Read(name, content, EndNames.Read(Path.GetDirectoryName(Path.GetFullPath(path))!)),
            ".MODEL" => ReadSentencePiece(path, name, content),
            ".BIN" => Llama2cVocabulary.Read(name, content),
            _ => throw new TokenizerUnusableException(name, TokenizerProblem.Unsupported),
        };
    }

    private static TokenizerParts ReadFolder(string folder, string name)
    {
        foreach (var file in Names)
        {
            var path = Path.Combine(folder, file);
            if (File.Exists(path))
            {
                return Read(path);
            }
        }

        throw new TokenizerUnusableException(name, TokenizerProblem.Missing);
    }

    private static TokenizerParts ReadSentencePiece(string path, string name, byte[] content)
    {
        var names = EndNames.Read(Path.GetDirectoryName(Path.GetFullPath(path))!);
        return SentencePieceFile.Read(name, content) with { ChatTemplate = names.ChatTemplate };
    }

    private static bool IsGguf(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        using var file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[4];
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length
            && start.SequenceEqual("GGUF"u8);
    }
}
