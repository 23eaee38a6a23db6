namespace Terroir.Inference.Onnx.Weights.Safetensors;

/// <summary>The weights of an encoder in a folder of Hugging Face, under names without the prefix of its
/// model.</summary>
internal sealed class EncoderSource : IDisposable
{
    private const string Config = "config.json";
    private const string PoolingConfig = "1_Pooling/config.json";

    private static readonly string[] Prefixes = [string.Empty, "bert.", "roberta."];

    private readonly SafetensorsFiles _files;
    private readonly string _prefix;

    private EncoderSource(SafetensorsFiles files, string folder)
    {
        _files = files;
        _prefix = Prefixes.FirstOrDefault(prefix => files.Contains($"{prefix}embeddings.word_embeddings.weight"))
            ?? string.Empty;
        HeadPrefix = files.Contains("classifier.out_proj.weight") ? "classifier.dense" : $"{_prefix}pooler.dense";
        ScoreName = files.Contains("classifier.out_proj.weight") ? "classifier.out_proj" : "classifier";
        (Architecture, Shape) = ReadShape(folder);
        Prompts = EncoderPrompts.Read(folder);
    }

    /// <summary>The kind of model, as the settings name it.</summary>
    public string Architecture { get; }

    /// <summary>What stands before a query and before a passage; empty for nothing.</summary>
    public (string Query, string Passage) Prompts { get; }

    /// <summary>How many numbers the model has learned.</summary>
    public long Parameters => _files.Names.Select(_files.GetTensor)
        .Sum(tensor => (long)tensor.Rows * tensor.Columns);

    public EncoderShape Shape { get; }

    /// <summary>The name of the layer before the score, without <c>.weight</c>.</summary>
    public string HeadPrefix { get; }

    /// <summary>The name of the layer of the score, without <c>.weight</c>.</summary>
    public string ScoreName { get; }

    public long SizeBytes => _files.SizeBytes;

    /// <summary>Whether the settings of a folder name an encoder that is run.</summary>
    public static bool Recognises(string folder)
    {
        if (!File.Exists(Path.Combine(folder, Config)))
        {
            return false;
        }

        using var config = SafetensorsFiles.ReadJson(Path.Combine(folder, Config));
        var settings = new JsonSettings(Config, config.RootElement);
        return settings.Has("model_type") && IsKnown(settings.GetString("model_type"));
    }

    /// <summary>Opens a folder.</summary>
    /// <exception cref="WeightsUnusableException">A file is absent or damaged, or the model is not run.</exception>
    public static EncoderSource Open(string folder)
    {
        var files = SafetensorsFiles.Open(folder);
        try
        {
            return new EncoderSource(files, folder);
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    /// <summary>Returns a matrix of the encoder.</summary>
    public WeightTensor Matrix(string name, int rows, int columns) => Whole($"{_prefix}{name}", rows, columns);

    /// <summary>Returns a vector of the encoder.</summary>
    public float[] Vector(string name, int length) => WholeVector($"{_prefix}{name}", length);

    /// <summary>Returns a matrix by its full name.</summary>
    public WeightTensor Whole(string name, int rows, int columns) =>
        TensorRules.ExpectMatrix(_files.GetTensor(name), rows, columns);

    /// <summary>Returns a vector by its full name.</summary>
    public float[] WholeVector(string name, int length) =>
        TensorRules.ExpectVector(_files.GetTensor(name), length);

    public void Dispose() => _files.Dispose();

    private static bool IsKnown(string type) => type is "bert" or "xlm-roberta" or "roberta" or "camembert";

    private static Pooling ReadPooling(string folder)
    {
        var path = Path.Combine(folder, PoolingConfig);
        if (!File.Exists(path))
        {
            return Pooling.Mean;
        }

        using var config = SafetensorsFiles.ReadJson(path);
        var settings = new JsonSettings(PoolingConfig, config.RootElement);
        return settings.GetBoolean("pooling_mode_cls_token", otherwise: false) ? Pooling.First : Pooling.Mean;
    }

    private (string Architecture, EncoderShape Shape) ReadShape(string folder)
    {
        using var config = SafetensorsFiles.ReadJson(Path.Combine(folder, Config));
        var settings = new JsonSettings(Config, config.RootElement);
        var type = settings.GetString("model_type");
        var activation = settings.Has("hidden_act") ? settings.GetString("hidden_act") : "gelu";
        var positions = settings.Has("position_embedding_type")
            ? settings.GetString("position_embedding_type")
            : "absolute";
        if (!IsKnown(type) || activation is not "gelu" || positions is not "absolute")
        {
            throw new WeightsUnusableException(
                Config,
                WeightsProblem.UnsupportedArchitecture,
                IsKnown(type) ? $"{activation}, {positions}" : type);
        }

        var shape = new EncoderShape
        {
            Layers = settings.GetInteger("num_hidden_layers"),
            Hidden = settings.GetInteger("hidden_size"),
            FeedForward = settings.GetInteger("intermediate_size"),
            Heads = settings.GetInteger("num_attention_heads"),
            Vocabulary = settings.GetInteger("vocab_size"),
            Positions = settings.GetInteger("max_position_embeddings"),
            FirstPosition = type is "bert" ? 0 : settings.GetInteger("pad_token_id", 1) + 1,
            TokenTypes = settings.GetInteger("type_vocab_size", 1),
            NormEpsilon = (float)settings.GetNumber("layer_norm_eps", 1e-12),
            Pooling = ReadPooling(folder),
            HasScore = _files.Contains($"{ScoreName}.weight"),
        };
        return (type, ShapeRules.Check(Config, shape));
    }
}
