namespace Terroir.Inference.Onnx.Graph;

/// <summary>The names of inputs and outputs of a graph.</summary>
internal static class GraphNames
{
    /// <summary>The tokens: (batch, length).</summary>
    public const string Tokens = "input_ids";

    /// <summary>The position of the last token of each sequence: (batch).</summary>
    public const string Last = "seqlens_k";

    /// <summary>The length of the longest sequence, past included: a scalar.</summary>
    public const string Total = "total_length";

    /// <summary>The logits of the last tokens: (batch, 1, vocabulary).</summary>
    public const string Logits = "logits";

    /// <summary>Keys or values of one layer: (batch, key-value heads, capacity, head size).</summary>
    public static string Past(int layer, bool keys) => $"past.{layer}.{(keys ? "key" : "value")}";

    /// <summary>The same with the new tokens.</summary>
    public static string Present(int layer, bool keys) => $"present.{layer}.{(keys ? "key" : "value")}";
}
