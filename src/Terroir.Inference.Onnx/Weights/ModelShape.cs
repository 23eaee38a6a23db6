namespace Terroir.Inference.Onnx.Weights;

/// <summary>The sizes and the variants of a decoder-only model. All counts are positive.</summary>
public sealed record ModelShape
{
    /// <summary>The architecture.</summary>
    public required ModelArchitecture Architecture { get; init; }

    /// <summary>How many layers.</summary>
    public required int Layers { get; init; }

    /// <summary>The length of the vector of a token.</summary>
    public required int Hidden { get; init; }

    /// <summary>The length inside the feed-forward part.</summary>
    public required int FeedForward { get; init; }

    /// <summary>How many heads of queries.</summary>
    public required int Heads { get; init; }

    /// <summary>How many heads of keys and values; divides <see cref="Heads"/>.</summary>
    public required int KeyValueHeads { get; init; }

    /// <summary>The length of one head.</summary>
    public required int HeadSize { get; init; }

    /// <summary>How many tokens have a row in the embedding.</summary>
    public required int Vocabulary { get; init; }

    /// <summary>The longest sequence, in tokens.</summary>
    public required int Context { get; init; }

    /// <summary>The rotary positions.</summary>
    public required RotaryShape Rotary { get; init; }

    /// <summary>How many tokens, itself included, a token looks back at; none for all.</summary>
    public int? SlidingWindow { get; init; }

    /// <summary>What is added to the mean square before its root.</summary>
    public float NormEpsilon { get; init; } = 1e-5f;

    /// <summary>Whether the embedding is also the output matrix.</summary>
    public bool TiedEmbeddings { get; init; }

    /// <summary>Whether the projections of queries, keys and values have biases.</summary>
    public bool QueryKeyValueBiases { get; init; }

    /// <summary>Whether the output projection of attention has a bias.</summary>
    public bool OutputBias { get; init; }

    /// <summary>Whether each head of queries and keys is normalised before it turns.</summary>
    public bool QueryKeyNorms { get; init; }

    /// <summary>The activation of the feed-forward part.</summary>
    public Activation Activation { get; init; }
}
