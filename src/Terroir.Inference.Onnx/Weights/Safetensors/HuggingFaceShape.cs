using System.Text.Json;

namespace Terroir.Inference.Onnx.Weights.Safetensors;

/// <summary>Reads the sizes of a model from <c>config.json</c> of Hugging Face.</summary>
internal static class HuggingFaceShape
{
    public static ModelShape Read(string file, JsonElement root, SafetensorsFiles files)
    {
        var config = new JsonSettings(file, root);
        var name = config.GetString("model_type");
        var architecture = name switch
        {
            "llama" => ModelArchitecture.Llama,
            "mistral" => ModelArchitecture.Mistral,
            "qwen2" => ModelArchitecture.Qwen2,
            "qwen3" => ModelArchitecture.Qwen3,
            _ => throw new WeightsUnusableException(file, WeightsProblem.UnsupportedArchitecture, name),
        };
        ExpectSupported(file, config);
        var (hidden, heads) = (config.GetInteger("hidden_size"), config.GetInteger("num_attention_heads"));
        var attentionBias = config.GetBoolean("attention_bias", otherwise: false);
        var context = config.GetInteger("max_position_embeddings");
        return ShapeRules.Check(file, new ModelShape
        {
            Architecture = architecture,
            Layers = config.GetInteger("num_hidden_layers"),
            Hidden = hidden,
            FeedForward = config.GetInteger("intermediate_size"),
            Heads = heads,
            KeyValueHeads = config.GetInteger("num_key_value_heads", heads),
            HeadSize = config.GetInteger("head_dim", heads > 0 ? hidden / heads : 0),
            Vocabulary = config.GetInteger("vocab_size"),
            Context = context,
            SlidingWindow = architecture == ModelArchitecture.Mistral && config.Has("sliding_window")
                ? config.GetInteger("sliding_window")
                : null,
            NormEpsilon = (float)config.GetNumber("rms_norm_eps", 1e-6),
            TiedEmbeddings = config.GetBoolean("tie_word_embeddings", otherwise: false)
                || !files.Contains(TensorNames.Output),
            QueryKeyValueBiases = attentionBias || architecture == ModelArchitecture.Qwen2,
            OutputBias = attentionBias,
            QueryKeyNorms = architecture == ModelArchitecture.Qwen3,
            Rotary = ReadRotary(file, config, context),
        });
    }

    private static RotaryShape ReadRotary(string file, JsonSettings config, int context)
    {
        // Newer files hold base and scaling in one object.
        var scaling = config.GetObject("rope_parameters") ?? config.GetObject("rope_scaling");
        var baseOf = scaling is { } parameters && parameters.Has("rope_theta") ? parameters : config;
        var rotary = new RotaryShape { Base = baseOf.GetNumber("rope_theta", 10_000) };
        if (scaling is not { } settings)
        {
            return rotary;
        }

        var kind = settings.Has("rope_type") ? settings.GetString("rope_type") : settings.GetString("type");
        return rotary with
        {
            Scaling = kind switch
            {
                "default" => RotaryScalingKind.None,
                "linear" => RotaryScalingKind.Linear,
                "llama3" => RotaryScalingKind.Llama3,
                "yarn" => RotaryScalingKind.Yarn,
                _ => throw new WeightsUnusableException(file, WeightsProblem.UnsupportedArchitecture, kind),
            },
            Factor = settings.GetNumber("factor", 1),
            LowFrequencyFactor = settings.GetNumber("low_freq_factor", 1),
            HighFrequencyFactor = settings.GetNumber("high_freq_factor", 4),
            BetaFast = settings.GetNumber("beta_fast", 32),
            BetaSlow = settings.GetNumber("beta_slow", 1),
            AttentionFactor = settings.Has("attention_factor") ? settings.GetNumber("attention_factor", 1) : null,
            OriginalContext = settings.GetInteger("original_max_position_embeddings", context),
        };
    }

    private static void ExpectSupported(string file, JsonSettings config)
    {
        string? unsupported = null;
        if (config.Has("hidden_act") && config.GetString("hidden_act") is not ("silu" or "swish"))
        {
            unsupported = "hidden_act";
        }
        else if (config.GetBoolean("mlp_bias", otherwise: false))
        {
            unsupported = "mlp_bias";
        }
        else if (config.GetBoolean("use_sliding_window", otherwise: false))
        {
            unsupported = "use_sliding_window";
        }
        else if (config.Has("quantization_config"))
        {
            unsupported = "quantization_config";
        }
        else if (config.Has("partial_rotary_factor") && Math.Abs(config.GetNumber("partial_rotary_factor", 1) - 1) > 0)
        {
            unsupported = "partial_rotary_factor";
        }

        if (unsupported is not null)
        {
            throw new WeightsUnusableException(file, WeightsProblem.UnsupportedArchitecture, unsupported);
        }
    }
}
