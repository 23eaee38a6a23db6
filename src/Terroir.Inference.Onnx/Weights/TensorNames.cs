namespace Terroir.Inference.Onnx.Weights;

/// <summary>The tensor names of Hugging Face, which every source uses.</summary>
internal static class TensorNames
{
    public const string Embedding = "model.embed_tokens.weight";
    public const string Norm = "model.norm.weight";
    public const string Output = "lm_head.weight";
    public const string AttentionNorm = "input_layernorm.weight";
    public const string Query = "self_attn.q_proj.weight";
    public const string Key = "self_attn.k_proj.weight";
    public const string Value = "self_attn.v_proj.weight";
    public const string AttentionOutput = "self_attn.o_proj.weight";
    public const string QueryBias = "self_attn.q_proj.bias";
    public const string KeyBias = "self_attn.k_proj.bias";
    public const string ValueBias = "self_attn.v_proj.bias";
    public const string AttentionOutputBias = "self_attn.o_proj.bias";
    public const string QueryNorm = "self_attn.q_norm.weight";
    public const string KeyNorm = "self_attn.k_norm.weight";
    public const string FeedForwardNorm = "post_attention_layernorm.weight";
    public const string Gate = "mlp.gate_proj.weight";
    public const string Up = "mlp.up_proj.weight";
    public const string Down = "mlp.down_proj.weight";

    /// <summary>The full name of a tensor of one layer, counted from 0.</summary>
    public static string OfLayer(int layer, string name) => $"model.layers.{layer}.{name}";
}
