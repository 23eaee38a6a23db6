namespace Terroir.Inference.Onnx.Tokenizers.PreTokenization;

/// <summary>What becomes of what a pattern finds.</summary>
internal enum SplitBehavior
{
    /// <summary>It is left out.</summary>
    Removed,

    /// <summary>Each is a piece.</summary>
    Isolated,

    /// <summary>It belongs to the piece before.</summary>
    MergedWithPrevious,

    /// <summary>It belongs to the piece after.</summary>
    MergedWithNext,

    /// <summary>Neighbours are one piece.</summary>
    Contiguous,
}
