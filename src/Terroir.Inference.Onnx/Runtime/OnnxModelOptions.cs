namespace Terroir.Inference.Onnx.Runtime;

/// <summary>How a model is run.</summary>
public sealed record OnnxModelOptions
{
    /// <summary>How many threads compute; at least 1. The default is the number of processors.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>How many sequences have room for keys and values at once; 1 to 64. The default is 1.</summary>
    public int Sequences { get; init; } = 1;

    /// <summary>The longest sequence, in tokens; none for that of the model. A longer one takes more
    /// memory.</summary>
    public int? Context { get; init; }

    /// <summary>What weights, keys and values may take, in bytes; none for no limit.</summary>
    public long? MemoryMaxBytes { get; init; }
}
