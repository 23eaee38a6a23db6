namespace Terroir.Inference.Onnx.Weights;

/// <summary>The sizes of an encoder: BERT (Devlin et al. 2018, arXiv:1810.04805), XLM-RoBERTa and CamemBERT. All counts
/// are positive.</summary>
public sealed record EncoderShape
{
    /// <summary>How many layers.</summary>
    public required int Layers { get; init; }

    /// <summary>The length of the vector of a token, and of an embedding.</summary>
    public required int Hidden { get; init; }

    /// <summary>The length inside the feed-forward part.</summary>
    public required int FeedForward { get; init; }

    /// <summary>How many heads; divides <see cref="Hidden"/>.</summary>
    public required int Heads { get; init; }

    /// <summary>How many tokens have a row in the embedding.</summary>
    public required int Vocabulary { get; init; }

    /// <summary>The rows of the table of positions.</summary>
    public required int Positions { get; init; }

    /// <summary>The row of the first position: 0 for BERT, and that after the padding token for RoBERTa.</summary>
    public int FirstPosition { get; init; }

    /// <summary>How many kinds of tokens: a question and a text are two.</summary>
    public required int TokenTypes { get; init; }

    /// <summary>What is added to the variance before its root.</summary>
    public float NormEpsilon { get; init; } = 1e-12f;

    /// <summary>How the vectors of tokens become that of the text.</summary>
    public Pooling Pooling { get; init; }

    /// <summary>Whether a classifier of one label scores the whole: a reranker.</summary>
    public bool HasScore { get; init; }

    /// <summary>The longest text, in tokens, special tokens included.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int TokensMax => Positions - FirstPosition;
}
