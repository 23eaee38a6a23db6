using Terroir.Inference.Onnx.Graph;
using Terroir.Inference.Onnx.Weights.Safetensors;

namespace Terroir.Inference.Onnx.Catalogue;

/// <summary>The weights of an encoder or of a reranker.</summary>
internal sealed class EncoderWeights : IModelWeights
{
    private readonly string _folder;
    private readonly EncoderSource _source;

    private EncoderWeights(string folder, EncoderSource source) => (_folder, _source) = (folder, source);

    public ModelKind Kind => _source.Shape.HasScore ? ModelKind.Reranker : ModelKind.Encoder;

    public string Architecture => _source.Architecture;

    public long Parameters => _source.Parameters;

    public int Context => _source.Shape.TokensMax;

    public int Vocabulary => _source.Shape.Vocabulary;

    public (string Query, string Passage) Prefixes => _source.Prompts;

    public string Recipe => $"{_source.Shape.Pooling}\n{Prefixes.Query}\n{Prefixes.Passage}\n";

    /// <summary>Opens a folder whose settings name an encoder.</summary>
    /// <exception cref="WeightsUnusableException">A file is absent or damaged, or the model is not run.</exception>
    public static EncoderWeights Open(string folder) => new(folder, EncoderSource.Open(folder));

    public void Write(
        string folder,
        ImportOptions options,
        IProgress<ImportProgress> progress,
        CancellationToken cancellationToken) =>
        EncoderImport.Write(_folder, folder, options, progress, cancellationToken);

    public void Dispose() => _source.Dispose();
}
