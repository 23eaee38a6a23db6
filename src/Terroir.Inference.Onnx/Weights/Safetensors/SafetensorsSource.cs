namespace Terroir.Inference.Onnx.Weights.Safetensors;

/// <summary>The weights of a decoder in a folder with <c>config.json</c> and one or more safetensors files.</summary>
internal sealed class SafetensorsSource : IWeightSource
{
    private const string Config = "config.json";

    private readonly SafetensorsFiles _files;

    private SafetensorsSource(SafetensorsFiles files, string folder)
    {
        _files = files;
        using var config = SafetensorsFiles.ReadJson(Path.Combine(folder, Config));
        Shape = HuggingFaceShape.Read(Config, config.RootElement, files);
    }

    public ModelShape Shape { get; }

    public IReadOnlyList<string> Names => _files.Names;

    /// <summary>Opens a folder.</summary>
    /// <exception cref="WeightsUnusableException">A file is absent or damaged, or the model is not run.</exception>
    public static SafetensorsSource Open(string folder)
    {
        var files = SafetensorsFiles.Open(folder);
        try
        {
            return new SafetensorsSource(files, folder);
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    public WeightTensor GetTensor(string name) => _files.GetTensor(name);

    public void Dispose() => _files.Dispose();
}
