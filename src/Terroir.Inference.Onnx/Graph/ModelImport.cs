using Terroir.Inference.Onnx.Weights;

namespace Terroir.Inference.Onnx.Graph;

/// <summary>Writes the graph of a model into a folder, which <c>docs/formats/model.md</c> describes.</summary>
public static class ModelImport
{
    /// <summary>Writes a graph, its weights and its manifest.</summary>
    /// <param name="source">The weights.</param>
    /// <param name="graphFolder">An existing folder. Files of an earlier import there are replaced; the manifest comes
    /// last, so that a folder without one is of an import that did not end.</param>
    /// <param name="options">How the weights are stored.</param>
    /// <param name="progress">Told after each 8 MiB and at the end.</param>
    /// <param name="cancellationToken">Stops the import between two rows of a matrix.</param>
    /// <exception cref="WeightsUnusableException">A tensor is absent, of a type that is not read, or of other
    /// dimensions than the settings imply.</exception>
    public static void Write(
        IWeightSource source,
        string graphFolder,
        ImportOptions options,
        IProgress<ImportProgress> progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(progress);
        var manifest = Path.Combine(graphFolder, GraphManifest.FileName);
        File.Delete(manifest);
        using var data = new ExternalData(Path.Combine(graphFolder, GraphManifest.DataName));
        var meter = new ImportMeter(SizeBytes(source), progress, cancellationToken);
        var graph = new OnnxGraphWriter(data);
        var linear = new LinearWriter(graph, new MatrixStore(data, options, meter), options);
        new DecoderGraph(source, graph, linear, new AdapterWriter(graph, source.Shape, options)).Write();
        File.WriteAllBytes(Path.Combine(graphFolder, GraphManifest.GraphName), graph.ToModel());
        File.WriteAllBytes(manifest, new GraphManifest
        {
            Format = GraphManifest.CurrentFormat,
            Shape = source.Shape,
            Precision = options.Precision,
            StoredHeadSize = new HeadLayout(source.Shape).StoredSize,
            WeightBytes = data.SizeBytes,
            Adapters = options.Adapters,
        }.ToBytes());
        meter.Finish();
    }

    private static long SizeBytes(IWeightSource source) =>
        source.Names.Sum(name => source.GetTensor(name) is var tensor ? (long)tensor.Rows * tensor.RowBytes : 0);
}
