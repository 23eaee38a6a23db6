using Terroir.Inference.Onnx.Tokenizers.Decoding;
using Terroir.Inference.Onnx.Tokenizers.Models;
using Terroir.Inference.Onnx.Tokenizers.Normalization;
using Terroir.Inference.Onnx.Tokenizers.PreTokenization;
using Terroir.Inference.Onnx.Weights.Gguf;

namespace Terroir.Inference.Onnx.Tokenizers.Reading;

/// <summary>Reads the vocabulary inside of a GGUF file, as llama.cpp writes it.</summary>
internal static class GgufVocabulary
{
    private const string Prefix = "tokenizer.ggml.";

    private const int BertWordLengthMax = 100;

    private static readonly string[] EndNames = ["eos_token_id", "eot_token_id", "eom_token_id"];

    /// <summary>Reads a vocabulary.</summary>
    /// <param name="file">The name of the file, for errors.</param>
    /// <param name="metadata">Its keys and values.</param>
    /// <exception cref="TokenizerUnusableException">It cannot be used.</exception>
    public static TokenizerParts Read(string file, GgufMetadata metadata) => VocabularyBytes.Guard(file, () =>
    {
        if (!metadata.TryGetString($"{Prefix}model", out var model)
            || !metadata.TryGetStrings($"{Prefix}tokens", out var tokens))
        {
            throw new VocabularyFault(TokenizerProblem.Missing, subject: null);
        }

        var template = metadata.TryGetString("tokenizer.chat_template", out var text) ? text : null;

        VocabularyFault.ThrowIfAbove(tokens.Count, TokenizerLimits.TokenCountMax, "tokens");
        VocabularyFault.ThrowIfAbove(
            tokens.Select(token => token.Length).DefaultIfEmpty().Max(),
            TokenizerLimits.TokenLengthMax,
            "tokens");
        var parts = model switch
        {
            "gpt2" => ReadBytePair(file, metadata, tokens),
            "llama" => ReadPieces(metadata, tokens, isUnigram: false).Build(file),
            "t5" => ReadPieces(metadata, tokens, isUnigram: true).Build(file),
            "bert" => ReadWordPiece(file, metadata, tokens),
            _ => throw VocabularyFault.Unsupported($"{Prefix}model {model}"),
        };
        return parts with { ChatTemplate = template };
    });

    private static TokenizerParts ReadBytePair(string file, GgufMetadata metadata, IReadOnlyList<string> tokens)
    {
        var name = metadata.TryGetString($"{Prefix}pre", out var pre) ? pre : "";
        var words = WordPatterns.Find(name) ?? throw VocabularyFault.Unsupported($"{Prefix}pre {name}");
        if (!metadata.TryGetStrings($"{Prefix}merges", out var merges))
        {
            throw VocabularyFault.Malformed("merges");
        }

        VocabularyFault.ThrowIfAbove(merges.Count, TokenizerLimits.MergeCountMax, "merges");
        var vocabulary = new Vocabulary([.. tokens]);
        var added = ReadAdded(metadata, tokens);
        var plain = Hide(vocabulary, added);
        var (table, foreign) = MergeTable.FromPairs(plain, merges.Select(ReadMerge));
        return new TokenizerParts
        {
            File = file,
            Vocabulary = vocabulary,
            AddedTokens = added,
            PreTokenizer = JsonPreTokenizers.CreateByteLevel(
                words,
                metadata.TryGetBoolean($"{Prefix}add_space_prefix", out var isPrefixed) && isPrefixed),
            Model = new BytePairModel(
                plain,
                table ?? throw VocabularyFault.Inconsistent($"merge {foreign}"),
                new UnknownText(plain, id: null, isByBytes: false, isFused: false),
                isWholeFirst: WordPatterns.IsWholeFirst(name)),
            Template = ReadTemplate(metadata, tokens.Count, isBeginningUsual: WordPatterns.IsWholeFirst(name)),
            Spelling = new ByteLevelSpelling(),
            BeginningId = FindId(metadata, "bos_token_id", tokens.Count),
            EndIds = ReadEnds(metadata, tokens.Count),
        };
    }

    private static PieceTable ReadPieces(GgufMetadata metadata, IReadOnlyList<string> tokens, bool isUnigram)
    {
        var isPrefixed = !metadata.TryGetBoolean($"{Prefix}add_space_prefix", out var prefix) || prefix;
        return new PieceTable
        {
            Pieces = tokens,
            Scores = metadata.TryGetNumbers($"{Prefix}scores", out var scores)
                ? [.. scores.Select(score => (float)score)]
                : throw VocabularyFault.Malformed("scores"),
            Types = metadata.TryGetIntegers($"{Prefix}token_type", out var types)
                ? [.. types.Select(type => (PieceType)type)]
                : throw VocabularyFault.Malformed("token_type"),
            IsUnigram = isUnigram,
            Prefix = isPrefixed ? PrefixPlace.Always : PrefixPlace.Never,
            IsCollapsed = metadata.TryGetBoolean($"{Prefix}remove_extra_whitespaces", out var isCollapsed)
                ? isCollapsed
                : isUnigram,
            Normalization = metadata.TryGetIntegers($"{Prefix}precompiled_charsmap", out var table)
                ? table.Select(value => checked((byte)value)).ToArray()
                : Array.Empty<byte>(),
            BeginningId = FindId(metadata, "bos_token_id", tokens.Count),
            EndIds = ReadEnds(metadata, tokens.Count),
            IsBeginningMarked = !metadata.TryGetBoolean($"{Prefix}add_bos_token", out var isMarked) || isMarked,
            IsEndMarked = metadata.TryGetBoolean($"{Prefix}add_eos_token", out var isEnded) ? isEnded : isUnigram,
        };
    }

    private static TokenizerParts ReadWordPiece(string file, GgufMetadata metadata, IReadOnlyList<string> tokens)
    {
        var mark = WhitespaceNormalizer.LowerBlock.ToString();
        var added = ReadAdded(metadata, tokens);
        var vocabulary = new Vocabulary([.. tokens]);
        var begin = FindId(metadata, "cls_token_id", tokens.Count)
            ?? FindId(metadata, "bos_token_id", tokens.Count);
        var end = FindId(metadata, "seperator_token_id", tokens.Count);
        return new TokenizerParts
        {
            File = file,
            Vocabulary = vocabulary,
            AddedTokens = added,
            Normalizer = new BertNormalizer(
                isCleaned: true,
                isChineseSetApart: true,
                isAccentStripped: true,
                isLowercase: true),
            PreTokenizer = JsonPreTokenizers.CreateBert(),
            Model = new WordPieceModel(
                Hide(vocabulary, added),
                FindId(metadata, "unknown_token_id", tokens.Count)
                    ?? throw VocabularyFault.Inconsistent("unknown_token_id"),
                mark,
                continuationPrefix: "",
                BertWordLengthMax),
            Template = begin is { } first && end is { } last
                ? JsonTemplates.CreateBert(first, last)
                : ControlTemplate.None,
            Spelling = new WordSpelling(mark, ""),
            BeginningId = begin,
            EndIds = end is { } id ? [id] : [],
        };
    }

    private static AddedToken[] ReadAdded(GgufMetadata metadata, IReadOnlyList<string> tokens)
    {
        if (!metadata.TryGetIntegers($"{Prefix}token_type", out var types) || types.Count != tokens.Count)
        {
            throw VocabularyFault.Malformed("token_type");
        }

        var ends = ReadEnds(metadata, tokens.Count).Append(FindId(metadata, "bos_token_id", tokens.Count) ?? -1)
            .ToHashSet();
        return
        [
            .. Enumerable.Range(0, tokens.Count)
                .Where(id => tokens[id].Length > 0 && (ends.Contains(id) || (PieceType)types[id]
                    is PieceType.Control or PieceType.Unknown or PieceType.UserDefined))
                .Select(id => new AddedToken(id, tokens[id])
                {
                    IsControl = (PieceType)types[id] != PieceType.UserDefined,
                }),
        ];
    }

    private static ControlTemplate ReadTemplate(GgufMetadata metadata, int count, bool isBeginningUsual)
    {
        var isMarked = metadata.TryGetBoolean($"{Prefix}add_bos_token", out var marked) ? marked : isBeginningUsual;
        return isMarked && FindId(metadata, "bos_token_id", count) is { } id
            ? ControlTemplate.Around([id], [])
            : ControlTemplate.None;
    }

    private static int[] ReadEnds(GgufMetadata metadata, int count) =>
        [.. EndNames.Select(name => FindId(metadata, name, count)).OfType<int>()];

    private static int? FindId(GgufMetadata metadata, string name, int count) =>
        !metadata.TryGetInteger($"{Prefix}{name}", out var id) || id is -1 or uint.MaxValue ? null
            : id >= 0 && id < count ? (int)id
            : throw VocabularyFault.Inconsistent(name);

    private static (string Left, string Right) ReadMerge(string merge)
    {
        // A token may itself begin with a space that is no separator.
        var cut = merge.Length > 1 ? merge.IndexOf(' ', 1) : -1;
        return cut > 0 ? (merge[..cut], merge[(cut + 1)..]) : throw VocabularyFault.Malformed("merges");
    }

    private static Vocabulary Hide(Vocabulary vocabulary, AddedToken[] added) =>
        vocabulary.Without(added.Where(token => token.IsControl).Select(token => token.Id).ToHashSet());
}
