using Terroir.Inference.Onnx.Graph;
using Terroir.Inference.Onnx.Weights;

namespace Terroir.Inference.Onnx.Catalogue;

/// <summary>The weights of a language model.</summary>
internal sealed class LanguageWeights(IWeightSource source) : IModelWeights
{
    public ModelKind Kind => ModelKind.Language;

    public string Architecture => source.Shape.Architecture.ToString();

    public long Parameters => source.Names.Sum(name => source.GetTensor(name) is var tensor
        ? (long)tensor.Rows * tensor.Columns
        : 0);

    public int Context => source.Shape.Context;

    public int Vocabulary => source.Shape.Vocabulary;

    public (string Query, string Passage) Prefixes => (string.Empty, string.Empty);

    public string Recipe => string.Empty;

    public void Write(
        string folder,
        ImportOptions options,
        IProgress<ImportProgress> progress,
        CancellationToken cancellationToken) =>
        ModelImport.Write(source, folder, options, progress, cancellationToken);

    public void Dispose() => source.Dispose();
}
