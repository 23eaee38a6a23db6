namespace Terroir.Inference.Onnx.Catalogue;

/// <summary>What an import does.</summary>
public enum ModelStage
{
    /// <summary>It reads and hashes what the operator brought.</summary>
    Hashing,

    /// <summary>It writes the weights as a graph.</summary>
    Writing,

    /// <summary>It hashes what it wrote.</summary>
    Checking,
}
