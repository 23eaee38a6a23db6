namespace Terroir.Inference.Onnx.Sampling;

/// <summary>How the next token is chosen from its logits.</summary>
public sealed record SamplingOptions
{
    /// <summary>What logits are divided by; 0 takes the most probable token, whatever the rest says. 0 to
    /// 100.</summary>
    public float Temperature { get; init; }

    /// <summary>How many of the most probable tokens take part; none for all. At least 1.</summary>
    public int? TopK { get; init; }

    /// <summary>The share of probability of the tokens that take part, the most probable first (Holtzman et al. 2019,
    /// arXiv:1904.09751). Above 0, at most 1.</summary>
    public float TopP { get; init; } = 1;

    /// <summary>The share of the greatest probability that a token needs to take part (Nguyen et al. 2024,
    /// arXiv:2407.01082). 0 to 1.</summary>
    public float MinP { get; init; }

    /// <summary>By how much a token that stood before is made less probable (Keskar et al. 2019, arXiv:1909.05858); 1
    /// for not at all. 1 to 10.</summary>
    public float RepetitionPenalty { get; init; } = 1;

    /// <summary>How many tokens back a repetition counts. 1 to 4,096.</summary>
    public int RepetitionWindow { get; init; } = 64;

    /// <summary>The seed of the choice: the same seed, prompt and model give the same text.</summary>
    public ulong Seed { get; init; }

    /// <summary>Whether every setting is in its range.</summary>
    internal bool IsValid => this is
    {
        Temperature: >= 0 and <= 100,
        TopK: null or > 0,
        TopP: > 0 and <= 1,
        MinP: >= 0 and <= 1,
        RepetitionPenalty: >= 1 and <= 10,
        RepetitionWindow: > 0 and <= 4_096,
    };
}
