using CsCheck;
using Terroir.Inference.Onnx.Quantisation;
using Terroir.Inference.Onnx.Tests.Weights;
using Terroir.Inference.Onnx.Weights;

namespace Terroir.Inference.Onnx.Tests.Graph;

public sealed class DecoderGraphTests
{
    private static readonly int[] Tokens = [1, 7, 7, 42, 3, 0, 49, 12, 9, 30, 31, 5, 44, 8, 2, 17];

    [Fact]
    public void Any_shape_of_any_architecture_computes_what_plain_loops_compute() =>
        Gen.Select(TinyShapes.All, Gen.Int[0, 1_000]).Sample(
            (shape, seed) =>
            {
                using var folder = new TemporaryFolder();
                using var source = WeightSources.Open(
                    SafetensorsFolder.Write(new TinyModel(shape, seed), folder.File("model")));
                ExpectSame(source, folder, WeightPrecision.Full);
            },
            iter: 60,
            threads: 1);

    [Fact]
    public void Rows_that_turn_with_their_neighbours_compute_the_same_as_plain_loops() =>
        Gen.Select(TinyShapes.All, Gen.Int[0, 1_000]).Sample(
            (shape, seed) =>
            {
                var llama = shape with
                {
                    Architecture = ModelArchitecture.Llama,
                    SlidingWindow = null,
                    OutputBias = false,
                    QueryKeyNorms = false,
                    Rotary = new RotaryShape { Base = shape.Rotary.Base },
                };
                using var folder = new TemporaryFolder();
                using var source = WeightSources.Open(
                    GgufBytes.Write(new TinyModel(llama, seed), folder.File("model.gguf")));
                Assert.True(source.Shape.Rotary.Interleaved);
                ExpectSame(source, folder, WeightPrecision.Full);
            },
            iter: 30,
            threads: 1);

    [Theory]
    [InlineData(WeightType.Q40)]
    [InlineData(WeightType.Q80)]
    public void Weights_of_blocks_compute_what_plain_loops_compute_on_the_same_weights(object type)
    {
        using var folder = new TemporaryFolder();
        using var source = OpenBlocks(folder, (WeightType)type);
        ExpectSame(source, folder, WeightPrecision.Automatic);
    }

    [Theory]
    [InlineData(WeightType.Q4K)]
    [InlineData(WeightType.Q6K)]
    public void Weights_of_super_blocks_compute_what_plain_loops_compute_on_the_same_weights(object type)
    {
        using var folder = new TemporaryFolder();
        using var source = OpenBlocks(folder, (WeightType)type);
        ExpectSame(source, folder, WeightPrecision.Full);
    }

    [Fact]
    public void Reading_a_prompt_at_once_gives_what_reading_it_token_by_token_gives() =>
        Gen.Select(TinyShapes.All, Gen.Int[1, Tokens.Length - 1]).Sample(
            (shape, cut) =>
            {
                using var folder = new TemporaryFolder();
                using var source = WeightSources.Open(
                    SafetensorsFolder.Write(new TinyModel(shape, cut), folder.File("model")));
                using var model = Imported.Load(source, folder, sequences: 2);
                var cancellation = TestContext.Current.CancellationToken;
                foreach (var token in Tokens)
                {
                    model.Step(0, token);
                }

                model.Rewind(0, Tokens.Length - 1);
                var steps = model.Step(0, Tokens[^1]).ToArray();
                model.Prefill(1, Tokens.AsSpan(0, cut), cancellation);
                var parts = model.Prefill(1, Tokens.AsSpan(cut), cancellation).ToArray();
                model.Rewind(1, 0);
                var whole = model.Prefill(1, Tokens, cancellation).ToArray();

                Assert.InRange(Imported.Distance(steps, whole), 0, 5e-5f);
                Assert.InRange(Imported.Distance(parts, whole), 0, 5e-5f);
            },
            iter: 30,
            threads: 1);

    private static IWeightSource OpenBlocks(TemporaryFolder folder, WeightType type)
    {
        var shape = TinyShapes.Small with
        {
            Hidden = 256,
            FeedForward = 512,
            Heads = 8,
            KeyValueHeads = 2,
            HeadSize = 32,
        };
        return WeightSources.Open(GgufBytes.Write(new TinyModel(shape, 3), folder.File("model.gguf"), type));
    }

    private static void ExpectSame(IWeightSource source, TemporaryFolder folder, WeightPrecision precision)
    {
        using var model = Imported.Load(source, folder, precision);
        var reference = new ReferenceDecoder(source);
        foreach (var token in Tokens)
        {
            Assert.InRange(Imported.Distance(reference.Step(token), model.Step(0, token)), 0, 5e-5f);
        }
    }
}
