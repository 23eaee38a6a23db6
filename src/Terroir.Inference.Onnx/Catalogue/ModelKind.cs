namespace Terroir.Inference.Onnx.Catalogue;

/// <summary>What a model does.</summary>
public enum ModelKind
{
    /// <summary>It writes text.</summary>
    Language = 0,

    /// <summary>It turns texts into vectors.</summary>
    Encoder = 1,

    /// <summary>It tells how well a text answers a question.</summary>
    Reranker = 2,
}
