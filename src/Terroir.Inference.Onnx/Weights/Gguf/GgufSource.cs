namespace Terroir.Inference.Onnx.Weights.Gguf;

/// <summary>The weights of a GGUF file.</summary>
internal sealed class GgufSource : IWeightSource
{
    private readonly TensorTable _tensors;
    private readonly HashSet<string> _unread = new(StringComparer.Ordinal);

    private GgufSource(GgufFile file)
    {
        File = file;
        _tensors = new TensorTable(file.Name);
        foreach (var tensor in file.Tensors)
        {
            Add(tensor);
        }

        _tensors.ExpectDisjoint();
        Shape = GgufShape.Read(file, _tensors);
    }

    /// <summary>The file, for the tokenizer that its metadata describe.</summary>
    public GgufFile File { get; }

    public ModelShape Shape { get; }

    public IReadOnlyList<string> Names => _tensors.Names;

    /// <summary>Opens a file.</summary>
    /// <exception cref="WeightsUnusableException">The file is damaged, or its model is not run.</exception>
    public static GgufSource Open(string path)
    {
        var file = GgufFile.Open(path);
        try
        {
            return new GgufSource(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public WeightTensor GetTensor(string name) => _unread.Contains(name)
        ? throw new WeightsUnusableException(File.Name, WeightsProblem.UnsupportedType, name)
        : _tensors.Get(name);

    public void Dispose() => File.Dispose();

    // A tensor of a type that is not read is a fault only when it is used.
    private void Add(GgufTensor tensor)
    {
        var name = GgufNames.ToCommon(tensor.Name);
        WeightType? type = tensor.Type switch
        {
            0 => WeightType.F32,
            1 => WeightType.F16,
            2 => WeightType.Q40,
            8 => WeightType.Q80,
            12 => WeightType.Q4K,
            14 => WeightType.Q6K,
            30 => WeightType.Bf16,
            _ => null,
        };
        if (type is not { } known)
        {
            _unread.Add(name);
            return;
        }

        _tensors.Add(name, known, tensor.Dimensions, File.Mapped, File.DataOffset + (long)tensor.Offset);
    }
}
