using CsCheck;
using Terroir.Inference.Onnx.Adapters;
using Terroir.Inference.Onnx.Graph;
using Terroir.Inference.Onnx.Quantisation;
using Terroir.Inference.Onnx.Runtime;
using Terroir.Inference.Onnx.Tests.Graph;
using Terroir.Inference.Onnx.Tests.Weights;
using Terroir.Inference.Onnx.Weights;

namespace Terroir.Inference.Onnx.Tests.Adapters;

public sealed class LoraAdapterTests
{
    private static readonly int[] Tokens = [1, 7, 42, 3, 0, 49, 12];

    private static readonly string[][] Targets =
    [
        [TensorNames.Query, TensorNames.Value],
        [TensorNames.Key],
        [TensorNames.Query, TensorNames.Key, TensorNames.Value, TensorNames.AttentionOutput],
        [TensorNames.Gate, TensorNames.Up, TensorNames.Down],
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void An_adapter_computes_what_merged_weights_compute() =>
        Gen.Select(TinyShapes.All, Gen.OneOf(Targets), Gen.Int[1, 5], Gen.Int[0, 1_000]).Sample(
            (shape, targets, rank, seed) =>
            {
                using var folder = new TemporaryFolder();
                using var plain = Import(shape, seed, folder, adapters: true);
                var merged = new TinyModel(shape, seed);
                var adapter = Draw(merged, rank, seed, targets, folder);
                using var source = WeightSources.Open(SafetensorsFolder.Write(merged, folder.File("merged")));
                var reference = new ReferenceDecoder(source);
                plain.SetAdapter(0, adapter);
                foreach (var token in Tokens)
                {
                    Assert.InRange(Imported.Distance(reference.Step(token), plain.Step(0, token)), 0, 1e-4f);
                }
            },
            iter: 30,
            threads: 1);

    // The rows of such a model are in another order than those of the adapter.
    [Fact]
    public void An_adapter_fits_a_model_whose_neighbours_turn()
    {
        using var folder = new TemporaryFolder();
        var shape = TinyShapes.Small with { HeadSize = 10, Heads = 3 };
        var halves = new TinyModel(shape, seed: 4);
        var file = GgufBytes.Write(Interleave(new TinyModel(shape, seed: 4)), folder.File("model.gguf"));
        using var model = Import(file, folder);
        var drawn = new TinyAdapter(halves, 3, 5, Targets[2]);
        drawn.Merge();
        var adapter = LoraAdapter.Load(drawn.Write(folder.File("adapter")), model.Shape, "a");
        using var source = WeightSources.Open(SafetensorsFolder.Write(halves, folder.File("merged")));
        var reference = new ReferenceDecoder(source);
        model.SetAdapter(0, adapter);
        foreach (var token in Tokens)
        {
            Assert.InRange(Imported.Distance(reference.Step(token), model.Step(0, token)), 0, 1e-4f);
        }
    }

    [Fact]
    public void Sequences_of_several_adapters_run_together()
    {
        using var folder = new TemporaryFolder();
        var shape = TinyShapes.Small;
        LoraAdapter?[] adapters =
        [
            Draw(new TinyModel(shape, 1), 2, 7, Targets[0], folder),
            null,
            Draw(new TinyModel(shape, 1), 3, 8, Targets[3], folder),
            null,
        ];
        using var together = Import(shape, seed: 1, folder, adapters: true, sequences: 4);
        using var alone = Import(shape, seed: 1, folder, adapters: true);
        var actual = new float[4][];
        for (var sequence = 0; sequence < 4; sequence++)
        {
            together.SetAdapter(sequence, adapters[sequence]);
            together.Prefill(sequence, [1, sequence], Cancellation);
        }

        foreach (var token in Tokens)
        {
            together.StepAll([token, token, token, token], (sequence, logits) => actual[sequence] = logits.ToArray());
        }

        for (var sequence = 0; sequence < 4; sequence++)
        {
            alone.SetAdapter(0, adapters[sequence]);
            alone.Rewind(0, 0);
            var expected = alone.Prefill(0, [1, sequence, .. Tokens], Cancellation);

            Assert.InRange(Imported.Distance(expected, actual[sequence]), 0, 5e-5f);
        }
    }

    [Fact]
    public void A_model_that_was_imported_without_adapters_refuses_them()
    {
        using var folder = new TemporaryFolder();
        using var model = Import(TinyShapes.Small, seed: 1, folder, adapters: false);
        var adapter = Draw(new TinyModel(TinyShapes.Small, 1), 2, 7, Targets[0], folder);

        Assert.Throws<WeightsUnusableException>(() => model.SetAdapter(0, adapter));
    }

    [Theory]
    [InlineData("""{"peft_type":"IA3","r":2}""", WeightsProblem.UnsupportedArchitecture)]
    [InlineData("""{"peft_type":"LORA","r":2,"use_dora":true}""", WeightsProblem.UnsupportedArchitecture)]
    [InlineData("""{"peft_type":"LORA","r":2,"bias":"all"}""", WeightsProblem.UnsupportedArchitecture)]
    [InlineData("""{"peft_type":"LORA","r":2,"rank_pattern":{"q":3}}""", WeightsProblem.UnsupportedArchitecture)]
    [InlineData("""{"peft_type":"LORA","r":0}""", WeightsProblem.Malformed)]
    [InlineData("""{"peft_type":"LORA"}""", WeightsProblem.Incomplete)]
    public void An_adapter_of_another_kind_is_refused(string config, WeightsProblem expected)
    {
        using var folder = new TemporaryFolder();
        var adapter = new TinyAdapter(new TinyModel(TinyShapes.Small, 1), 2, 7, Targets[0]);
        adapter.Merge();
        var path = adapter.Write(folder.File("adapter"));
        File.WriteAllText(Path.Combine(path, "adapter_config.json"), config);

        Assert.Equal(
            expected,
            Assert.Throws<WeightsUnusableException>(() => LoraAdapter.Load(path, TinyShapes.Small, "a")).Problem);
    }

    [Fact]
    public void An_adapter_of_another_model_is_refused()
    {
        using var folder = new TemporaryFolder();
        var adapter = new TinyAdapter(new TinyModel(TinyShapes.Small, 1), 2, 7, Targets[0]);
        adapter.Merge();
        var path = adapter.Write(folder.File("adapter"));
        WeightsProblem Refusal(ModelShape shape) =>
            Assert.Throws<WeightsUnusableException>(() => LoraAdapter.Load(path, shape, "a")).Problem;

        Assert.Equal(WeightsProblem.WrongShape, Refusal(TinyShapes.Small with { Hidden = 48 }));
        Assert.Equal(WeightsProblem.UnsupportedArchitecture, Refusal(TinyShapes.Small with { Layers = 0 }));
    }

    private static LoraAdapter Draw(TinyModel model, int rank, int seed, string[] targets, TemporaryFolder folder)
    {
        var adapter = new TinyAdapter(model, rank, seed, targets);
        adapter.Merge();
        return LoraAdapter.Load(adapter.Write(folder.File($"adapter-{seed}")), model.Shape, $"{seed}");
    }

    private static OnnxModel Import(
        ModelShape shape,
        int seed,
        TemporaryFolder folder,
        bool adapters,
        int sequences = 1) => Import(
            SafetensorsFolder.Write(new TinyModel(shape, seed), folder.File("plain")),
            folder,
            adapters,
            sequences);

    private static OnnxModel Import(string path, TemporaryFolder folder, bool adapters = true, int sequences = 1)
    {
        using var source = WeightSources.Open(path);
        var graph = folder.Folder($"graph-{sequences}");
        var options = new ImportOptions { Precision = WeightPrecision.Full, Adapters = adapters };
        ModelImport.Write(source, graph, options, new Progress<ImportProgress>(), Cancellation);
        return OnnxModel.Load(graph, new OnnxModelOptions { Threads = 1, Sequences = sequences });
    }

    // As the converter of llama.cpp permutes: of each head, row i of the first half and row i of the second half
    // become neighbours.
    private static TinyModel Interleave(TinyModel model)
    {
        var (size, hidden) = (model.Shape.HeadSize, model.Shape.Hidden);
        foreach (var name in (string[])[TensorNames.Query, TensorNames.Key])
        {
            var values = model.Tensors[TensorNames.OfLayer(0, name)].Values;
            var halves = values.ToArray();
            for (var row = 0; row < values.Length / hidden; row++)
            {
                var (head, half, index) = (row / size, row % size / (size / 2), row % (size / 2));
                var target = (head * size) + (2 * index) + half;
                halves.AsSpan(row * hidden, hidden).CopyTo(values.AsSpan(target * hidden, hidden));
            }
        }

        return model;
    }
}
