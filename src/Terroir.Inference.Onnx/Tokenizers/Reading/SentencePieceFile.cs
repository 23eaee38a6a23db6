using Terroir.Inference.Onnx.Tokenizers.PreTokenization;

namespace Terroir.Inference.Onnx.Tokenizers.Reading;

/// <summary>Reads <c>tokenizer.model</c>, the format of SentencePiece: unigram and byte-pair encoding.</summary>
/// <remarks>After <c>sentencepiece_model.proto</c> of google/sentencepiece. White space is joined within the parts
/// between user-defined pieces only.</remarks>
internal static class SentencePieceFile
{
    private const int Unigram = 1;
    private const int BytePair = 2;

    /// <summary>Reads a vocabulary.</summary>
    /// <param name="file">The name of the file, for errors.</param>
    /// <param name="content">The file.</param>
    /// <exception cref="TokenizerUnusableException">It cannot be used.</exception>
    public static TokenizerParts Read(string file, ReadOnlyMemory<byte> content) =>
        VocabularyBytes.Guard(file, () => Read(content.Span).Build(file));

    private static PieceTable Read(ReadOnlySpan<byte> content)
    {
        var pieces = new List<string>();
        var scores = new List<float>();
        var types = new List<PieceType>();
        var trainer = new Trainer();
        var normalizer = new NormalizerSettings();
        var reader = new ProtobufReader(content);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 1:
                    VocabularyFault.ThrowIfAbove(pieces.Count, TokenizerLimits.TokenCountMax - 1, "pieces");
                    AddPiece(reader.Bytes, pieces, scores, types);
                    break;
                case 2:
                    trainer = ReadTrainer(reader.Bytes);
                    break;
                case 3:
                    normalizer = ReadNormalizer(reader.Bytes);
                    break;
            }
        }

        if (pieces.Count == 0)
        {
            throw VocabularyFault.Malformed("pieces");
        }

        if (trainer.ModelType is not (Unigram or BytePair) || trainer.IsSuffixed || !normalizer.IsEscaped)
        {
            throw VocabularyFault.Unsupported("trainer_spec");
        }

        return new PieceTable
        {
            Pieces = pieces,
            Scores = scores,
            Types = types,
            IsUnigram = trainer.ModelType == Unigram,
            IsByBytes = trainer.IsByBytes,
            Prefix = normalizer.IsPrefixed ? PrefixPlace.First : PrefixPlace.Never,
            IsCollapsed = normalizer.IsCollapsed,
            Normalization = normalizer.Table,
            BeginningId = trainer.BeginningId >= 0 ? trainer.BeginningId : null,
            EndIds = trainer.EndId >= 0 ? [trainer.EndId] : [],
        };
    }

    private static void AddPiece(
        ReadOnlySpan<byte> message,
        List<string> pieces,
        List<float> scores,
        List<PieceType> types)
    {
        var (piece, score, type) = ("", 0f, PieceType.Normal);
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 1:
                    piece = reader.Text;
                    break;
                case 2:
                    score = reader.Single;
                    break;
                case 3:
                    type = (PieceType)reader.Value;
                    break;
            }
        }

        pieces.Add(piece);
        scores.Add(score);
        types.Add(type);
    }

    private static Trainer ReadTrainer(ReadOnlySpan<byte> message)
    {
        var trainer = new Trainer();
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            trainer = reader.Field switch
            {
                3 => trainer with { ModelType = (int)reader.Value },
                24 => trainer with { IsSuffixed = reader.Value != 0 },
                35 => trainer with { IsByBytes = reader.Value != 0 },
                41 => trainer with { BeginningId = (int)reader.Value },
                42 => trainer with { EndId = (int)reader.Value },
                _ => trainer,
            };
        }

        return trainer;
    }

    private static NormalizerSettings ReadNormalizer(ReadOnlySpan<byte> message)
    {
        var settings = new NormalizerSettings();
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            settings = reader.Field switch
            {
                2 => settings with { Table = reader.Bytes.ToArray() },
                3 => settings with { IsPrefixed = reader.Value != 0 },
                4 => settings with { IsCollapsed = reader.Value != 0 },
                5 => settings with { IsEscaped = reader.Value != 0 },
                _ => settings,
            };
        }

        return settings;
    }

    /// <summary>What <c>trainer_spec</c> says, with the defaults of the format.</summary>
    private sealed record Trainer
    {
        public int ModelType { get; init; } = Unigram;

        public bool IsSuffixed { get; init; }

        public bool IsByBytes { get; init; }

        public int BeginningId { get; init; } = 1;

        public int EndId { get; init; } = 2;
    }

    /// <summary>What <c>normalizer_spec</c> says, with the defaults of the format.</summary>
    private sealed record NormalizerSettings
    {
        public byte[] Table { get; init; } = [];

        public bool IsPrefixed { get; init; } = true;

        public bool IsCollapsed { get; init; } = true;

        public bool IsEscaped { get; init; } = true;
    }
}
