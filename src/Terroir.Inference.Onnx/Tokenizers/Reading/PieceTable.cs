using System.Text;
using Terroir.Inference.Onnx.Tokenizers.Decoding;
using Terroir.Inference.Onnx.Tokenizers.Models;
using Terroir.Inference.Onnx.Tokenizers.Normalization;
using Terroir.Inference.Onnx.Tokenizers.PreTokenization;

namespace Terroir.Inference.Onnx.Tokenizers.Reading;

/// <summary>A vocabulary of SentencePiece, of whichever file: pieces with scores and types, and what is done to white
/// space.</summary>
internal sealed record PieceTable
{
    /// <summary>The spelling of each id.</summary>
    public required IReadOnlyList<string> Pieces { get; init; }

    /// <summary>The score of each id.</summary>
    public required IReadOnlyList<float> Scores { get; init; }

    /// <summary>The type of each id.</summary>
    public required IReadOnlyList<PieceType> Types { get; init; }

    /// <summary>Whether text is cut by the unigram model; else by byte-pair encoding.</summary>
    public bool IsUnigram { get; init; }

    /// <summary>Whether the bytes of what is no piece are written.</summary>
    public bool IsByBytes { get; init; } = true;

    /// <summary>Where a space is written before a text.</summary>
    public PrefixPlace Prefix { get; init; } = PrefixPlace.First;

    /// <summary>Whether runs of spaces become one.</summary>
    public bool IsCollapsed { get; init; }

    /// <summary>What a space is written as.</summary>
    public Rune Mark { get; init; } = WhitespaceNormalizer.LowerBlock;

    /// <summary>The compiled normalisation; empty for none.</summary>
    public ReadOnlyMemory<byte> Normalization { get; init; }

    /// <summary>The token that begins a text.</summary>
    public int? BeginningId { get; init; }

    /// <summary>The tokens that end a text.</summary>
    public IReadOnlyList<int> EndIds { get; init; } = [];

    /// <summary>Whether the beginning is marked where control tokens are added.</summary>
    public bool IsBeginningMarked { get; init; } = true;

    /// <summary>Whether the end is marked where control tokens are added.</summary>
    public bool IsEndMarked { get; init; }

    /// <summary>Makes the steps.</summary>
    /// <param name="file">The name of the file, for errors.</param>
    /// <exception cref="VocabularyFault">The parts contradict one another.</exception>
    public TokenizerParts Build(string file)
    {
        VocabularyFault.ThrowIfAbove(Pieces.Count, TokenizerLimits.TokenCountMax, "pieces");
        VocabularyFault.ThrowIfAbove(
            Pieces.Select(piece => piece.Length).DefaultIfEmpty().Max(),
            TokenizerLimits.TokenLengthMax,
            "pieces");
        if (Scores.Count != Pieces.Count || Types.Count != Pieces.Count)
        {
            throw VocabularyFault.Inconsistent("scores");
        }

        var ends = EndIds.Append(BeginningId ?? -1).ToHashSet();
        if (ends.Any(id => id >= Pieces.Count) || Scores.Any(float.IsNaN))
        {
            throw VocabularyFault.Inconsistent("pieces");
        }

        var vocabulary = new Vocabulary([.. Pieces]);
        var added = Enumerable.Range(0, Pieces.Count)
            .Where(id => Pieces[id].Length > 0 && (ends.Contains(id)
                || Types[id] is PieceType.Control or PieceType.Unknown or PieceType.UserDefined))
            .Select(id => new AddedToken(id, Pieces[id]) { IsControl = Types[id] != PieceType.UserDefined })
            .ToArray();
        var plain = vocabulary.Without(added.Where(token => token.IsControl).Select(token => token.Id).ToHashSet());
        return new TokenizerParts
        {
            File = file,
            Vocabulary = vocabulary,
            AddedTokens = added,
            Normalizer = CreateNormalizer(),
            Model = CreateModel(plain),
            Template = ControlTemplate.Around(
                IsBeginningMarked && BeginningId is { } beginning ? [beginning] : [],
                IsEndMarked ? EndIds.Take(1) : []),
            Spelling = new MarkedSpelling(Mark.ToString(), Prefix != PrefixPlace.Never),
            BeginningId = BeginningId,
            EndIds = EndIds,
        };
    }

    private NormalizerSequence CreateNormalizer()
    {
        var whitespace = new WhitespaceNormalizer(Prefix, IsCollapsed, Mark);
        return new NormalizerSequence(Normalization.IsEmpty
            ? [whitespace]
            : [new PrecompiledNormalizer(Normalization.Span), whitespace]);
    }

    private ITokenModel CreateModel(Vocabulary plain)
    {
        var unknown = Types.Index().Where(type => type.Item == PieceType.Unknown).Select(type => (int?)type.Index)
            .FirstOrDefault();
        bool IsCut(int id) => Types[id] is PieceType.Normal or PieceType.UserDefined;
        return IsUnigram
            ? new UnigramModel(
                plain,
                [.. Scores.Select(score => (double)score)],
                new UnknownText(plain, unknown, IsByBytes, isFused: true),
                IsCut)
            : new BytePairModel(
                plain,
                MergeTable.FromScores(plain, [.. Scores], IsCut),
                new UnknownText(plain, unknown, IsByBytes, isFused: true),
                isWholeFirst: false);
    }
}
