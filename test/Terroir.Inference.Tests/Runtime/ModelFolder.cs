using Terroir.Inference.Onnx.Graph;
using Terroir.Inference.Onnx.Tests.Weights;
using Terroir.Inference.Onnx.Weights;

namespace Terroir.Inference.Onnx.Tests.Runtime;

/// <summary>An imported model of a test that never ends by itself and repeats little.</summary>
internal static class ModelFolder
{
    public static ModelShape Shape { get; } = TinyShapes.Small with
    {
        Vocabulary = LetterCodec.Alphabet.Length,
        Hidden = 64,
        Context = 128,
        Layers = 2,
    };

    public static string Import(TemporaryFolder folder)
    {
        using var source = WeightSources.Open(
            SafetensorsFolder.Write(new TinyModel(Shape, seed: 11), folder.File("model")));
        var graph = folder.Folder("graph");
        ModelImport.Write(
            source,
            graph,
            new ImportOptions(),
            new Progress<ImportProgress>(),
            TestContext.Current.CancellationToken);
        return graph;
    }
}
