namespace Terroir.Inference.Onnx.Runtime;

/// <summary>How a model serves conversations.</summary>
public sealed record OnnxChatClientOptions
{
    /// <summary>The id of the model, which responses name.</summary>
    public required string ModelId { get; init; }

    /// <summary>How the model is run.</summary>
    public OnnxModelOptions Model { get; init; } = new();

    /// <summary>How many requests may wait beside those that run; at least 1. The default is 64.</summary>
    public int QueueMax { get; init; } = 64;

    /// <summary>How many tokens an answer may have where a request says nothing; at least 1. The default is
    /// 512.</summary>
    public int OutputTokensMax { get; init; } = 512;

    /// <summary>After how long without a request the model leaves the memory; the next one loads it again. The default
    /// is 10 minutes.</summary>
    public TimeSpan IdleUnload { get; init; } = TimeSpan.FromMinutes(10);
}
