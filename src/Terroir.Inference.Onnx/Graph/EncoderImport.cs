using Terroir.Inference.Onnx.Weights.Safetensors;

namespace Terroir.Inference.Onnx.Graph;

/// <summary>Writes the graph of an encoder or a reranker into a folder, which <c>docs/formats/model.md</c>
/// describes.</summary>
public static class EncoderImport
{
    /// <summary>Whether a folder holds an encoder: its <c>config.json</c> names BERT, RoBERTa, XLM-RoBERTa or
    /// CamemBERT.</summary>
    /// <exception cref="WeightsUnusableException">The settings are no JSON.</exception>
    public static bool Recognises(string folder) => EncoderSource.Recognises(folder);

    /// <summary>Writes a graph, its weights and its manifest.</summary>
    /// <param name="folder">A folder with <c>config.json</c> and safetensors files.</param>
    /// <param name="graphFolder">An existing folder; the manifest comes last.</param>
    /// <param name="options">How the weights are stored.</param>
    /// <param name="progress">Told after each 8 MiB and at the end.</param>
    /// <param name="cancellationToken">Stops the import between two rows of a matrix.</param>
    /// <exception cref="WeightsUnusableException">A file is damaged, or a tensor is absent or of other dimensions than
    /// the settings imply.</exception>
    public static void Write(
        string folder,
        string graphFolder,
        ImportOptions options,
        IProgress<ImportProgress> progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(progress);
        var manifest = Path.Combine(graphFolder, EncoderManifest.FileName);
        File.Delete(manifest);
        using var source = EncoderSource.Open(folder);
        using var data = new ExternalData(Path.Combine(graphFolder, GraphManifest.DataName));
        var meter = new ImportMeter(source.SizeBytes, progress, cancellationToken);
        var graph = new OnnxGraphWriter(data);
        var linear = new LinearWriter(graph, new MatrixStore(data, options, meter), options);
        new EncoderGraph(source, graph, linear).Write();
        File.WriteAllBytes(Path.Combine(graphFolder, GraphManifest.GraphName), graph.ToModel());
        File.WriteAllBytes(manifest, new EncoderManifest
        {
            Format = GraphManifest.CurrentFormat,
            Shape = source.Shape,
            Precision = options.Precision,
            WeightBytes = data.SizeBytes,
        }.ToBytes());
        meter.Finish();
    }
}
