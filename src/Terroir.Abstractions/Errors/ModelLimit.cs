namespace Terroir;

/// <summary>A limit that a request to a model on this machine can meet.</summary>
public enum ModelLimit
{
    /// <summary>The tokens of the prompt, or of the prompt and the answer.</summary>
    Context,

    /// <summary>The memory of the weights and of the keys and values, in bytes.</summary>
    Memory,

    /// <summary>The requests that wait.</summary>
    Queue,
}
