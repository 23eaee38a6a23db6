namespace Terroir.Inference.Onnx.Weights;

/// <summary>The rotary position embedding of a model (Su et al. 2021, arXiv:2104.09864).</summary>
public sealed record RotaryShape
{
    /// <summary>The base of the frequencies; above 1.</summary>
    public double Base { get; init; } = 10_000;

    /// <summary>Whether component 2i turns with 2i + 1 (GGUF of Llama, llama2.c), instead of i with i + size / 2
    /// (Hugging Face).</summary>
    public bool Interleaved { get; init; }

    /// <summary>How positions are stretched.</summary>
    public RotaryScalingKind Scaling { get; init; }

    /// <summary>By how much; at least 1.</summary>
    public double Factor { get; init; } = 1;

    /// <summary>Llama 3: wavelengths above the original context over this are divided by the factor.</summary>
    public double LowFrequencyFactor { get; init; } = 1;

    /// <summary>Llama 3: wavelengths below the original context over this are kept.</summary>
    public double HighFrequencyFactor { get; init; } = 4;

    /// <summary>YaRN: turns over the original context above which a component is kept.</summary>
    public double BetaFast { get; init; } = 32;

    /// <summary>YaRN: turns over the original context below which a component is divided.</summary>
    public double BetaSlow { get; init; } = 1;

    /// <summary>YaRN: what queries and keys are multiplied by; none for 0.1 ln(factor) + 1.</summary>
    public double? AttentionFactor { get; init; }

    /// <summary>The context of the first training, in tokens; needed by Llama 3 and YaRN.</summary>
    public int OriginalContext { get; init; }

    /// <summary>What each frequency is divided by besides, half a head of them; none for 1.</summary>
    public IReadOnlyList<float>? Divisors { get; init; }
}
