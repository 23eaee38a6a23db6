namespace Terroir.Inference.Onnx.Runtime;

/// <summary>Why an answer ends.</summary>
internal enum GenerationEnd
{
    /// <summary>The model ended it, or a stop string did.</summary>
    Stop,

    /// <summary>It has as many tokens as it may, or the context is full.</summary>
    Length,
}
