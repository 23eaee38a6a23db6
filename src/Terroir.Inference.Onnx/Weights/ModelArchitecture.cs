namespace Terroir.Inference.Onnx.Weights;

/// <summary>The architectures that are run.</summary>
public enum ModelArchitecture
{
    /// <summary>Llama 2 and 3, and what shares their layers, such as TinyLlama and SmolLM.</summary>
    Llama,

    /// <summary>Mistral: Llama with an optional sliding window.</summary>
    Mistral,

    /// <summary>Qwen2 and Qwen2.5, dense: Llama with biases of queries, keys and values.</summary>
    Qwen2,

    /// <summary>Qwen3, dense: Llama with normalised queries and keys.</summary>
    Qwen3,
}
