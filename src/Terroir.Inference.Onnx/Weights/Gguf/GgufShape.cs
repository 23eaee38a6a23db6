namespace Terroir.Inference.Onnx.Weights.Gguf;

/// <summary>Reads the sizes of a model from the metadata of a GGUF file.</summary>
internal static class GgufShape
{
    public static ModelShape Read(GgufFile file, TensorTable tensors)
    {
        var metadata = file.Metadata;
        var name = metadata.GetString("general.architecture");
        var architecture = name switch
        {
            "llama" => ModelArchitecture.Llama,
            "mistral" => ModelArchitecture.Mistral,
            "qwen2" => ModelArchitecture.Qwen2,
            "qwen3" => ModelArchitecture.Qwen3,
            _ => throw new WeightsUnusableException(file.Name, WeightsProblem.UnsupportedArchitecture, name),
        };
        if (metadata.TryGetInteger($"{name}.expert_count", out var experts) && experts > 0)
        {
            throw new WeightsUnusableException(file.Name, WeightsProblem.UnsupportedArchitecture, "expert_count");
        }

        var (hidden, heads) = (metadata.GetInteger($"{name}.embedding_length"),
            metadata.GetInteger($"{name}.attention.head_count"));
        var headSize = Optional(metadata, $"{name}.attention.key_length", heads > 0 ? hidden / heads : 0);
        ExpectWholeHeadsTurn(file, name, headSize);
        return ShapeRules.Check(file.Name, new ModelShape
        {
            Architecture = architecture,
            Layers = metadata.GetInteger($"{name}.block_count"),
            Hidden = hidden,
            FeedForward = metadata.GetInteger($"{name}.feed_forward_length"),
            Heads = heads,
            KeyValueHeads = Optional(metadata, $"{name}.attention.head_count_kv", heads),
            HeadSize = headSize,
            Vocabulary = tensors.Get(TensorNames.Embedding).Rows,
            Context = metadata.GetInteger($"{name}.context_length"),
            SlidingWindow = Window(metadata, name),
            NormEpsilon = (float)Number(metadata, $"{name}.attention.layer_norm_rms_epsilon", 1e-5),
            TiedEmbeddings = !tensors.Contains(TensorNames.Output),
            QueryKeyValueBiases = tensors.Contains(TensorNames.OfLayer(0, TensorNames.QueryBias)),
            OutputBias = tensors.Contains(TensorNames.OfLayer(0, TensorNames.AttentionOutputBias)),
            QueryKeyNorms = architecture == ModelArchitecture.Qwen3,
            Rotary = ReadRotary(file, tensors, name, architecture),
        });
    }

    // llama.cpp turns neighbours in its models of Llama, whose rows it permutes for that, and halves in others.
    private static RotaryShape ReadRotary(
        GgufFile file,
        TensorTable tensors,
        string name,
        ModelArchitecture architecture)
    {
        var metadata = file.Metadata;
        var scaling = metadata.TryGetString($"{name}.rope.scaling.type", out var type) ? type : "none";
        var factor = Number(metadata, $"{name}.rope.scaling.factor", 1);
        return new RotaryShape
        {
            Base = Number(metadata, $"{name}.rope.freq_base", 10_000),
            Interleaved = architecture is ModelArchitecture.Llama or ModelArchitecture.Mistral,
            Scaling = scaling switch
            {
                "none" => RotaryScalingKind.None,
                "linear" => RotaryScalingKind.Linear,
                "yarn" => RotaryScalingKind.Yarn,
                _ => throw new WeightsUnusableException(file.Name, WeightsProblem.UnsupportedArchitecture, scaling),
            },
            Factor = factor,
            OriginalContext = Optional(metadata, $"{name}.rope.scaling.original_context_length", 0),

            // llama.cpp multiplies the usual magnitude; Transformers replaces it.
            AttentionFactor = metadata.TryGetNumber($"{name}.rope.scaling.attn_factor", out var attention)
                ? attention * ((0.1 * Math.Log(Math.Max(factor, 1))) + 1)
                : null,
            Divisors = tensors.Contains(GgufNames.RotaryDivisors)
                ? tensors.Get(GgufNames.RotaryDivisors).ReadAll()
                : null,
        };
    }

    private static void ExpectWholeHeadsTurn(GgufFile file, string name, int headSize)
    {
        var key = $"{name}.rope.dimension_count";
        if (Optional(file.Metadata, key, headSize) != headSize
            || Optional(file.Metadata, $"{name}.attention.value_length", headSize) != headSize)
        {
            throw new WeightsUnusableException(file.Name, WeightsProblem.UnsupportedArchitecture, key);
        }
    }

    private static int? Window(GgufMetadata metadata, string name)
    {
        var window = Optional(metadata, $"{name}.attention.sliding_window", 0);
        return window == 0 ? null : window;
    }

    private static int Optional(GgufMetadata metadata, string key, int otherwise) =>
        metadata.Contains(key) ? metadata.GetInteger(key) : otherwise;

    private static double Number(GgufMetadata metadata, string key, double otherwise) =>
        metadata.TryGetNumber(key, out var value) ? value : otherwise;
}
