using Terroir.Inference.Onnx.Runtime;
using Terroir.Inference.Onnx.Tests.Graph;

namespace Terroir.Inference.Onnx.Tests.Runtime;

public sealed class OnnxModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _graph;

    public OnnxModelTests() => _graph = ModelFolder.Import(_folder);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Sequences_of_one_run_do_not_touch_each_other()
    {
        using var together = Open(sequences: 3);
        using var alone = Open(sequences: 1);
        int[][] prompts = [[1, 2, 3], [4], [5, 6, 7, 8, 9]];
        for (var sequence = 0; sequence < prompts.Length; sequence++)
        {
            together.Prefill(sequence, prompts[sequence], Cancellation);
        }

        // The second sequence waits in every run.
        for (var step = 10; step < 20; step++)
        {
            together.StepAll([step, -1, step + 5], (_, _) => { });
        }

        var actual = new float[3][];
        together.StepAll([30, 31, 32], (sequence, logits) => actual[sequence] = logits.ToArray());
        for (var sequence = 0; sequence < prompts.Length; sequence++)
        {
            int[] steps = sequence == 1 ? [] : [.. Enumerable.Range(10, 10).Select(step => step + (sequence * 5 / 2))];
            alone.Rewind(0, 0);
            var expected = alone.Prefill(0, [.. prompts[sequence], .. steps, 30 + sequence], Cancellation);

            Assert.InRange(Imported.Distance(expected, actual[sequence]), 0, 5e-4f);
        }
    }

    [Fact]
    public void Rewound_sequences_forget()
    {
        using var model = Open(sequences: 1);
        var fresh = model.Prefill(0, [1, 2, 3], Cancellation).ToArray();
        model.Prefill(0, [4, 5, 6, 7], Cancellation);
        model.Rewind(0, 1);
        var again = model.Prefill(0, [2, 3], Cancellation).ToArray();

        Assert.Equal(3, model.PositionOf(0));
        Assert.InRange(Imported.Distance(fresh, again), 0, 5e-4f);
    }

    [Fact]
    public void A_sequence_that_is_full_refuses()
    {
        using var model = Open(sequences: 1);
        model.Prefill(0, new int[128], Cancellation);

        Assert.Throws<ModelLimitException>(() => { model.Step(0, 1); });
    }

    [Theory]
    [InlineData("model.json")]
    [InlineData("model.onnx")]
    [InlineData("model.onnx.data")]
    public void A_folder_with_a_damaged_file_is_refused(string name)
    {
        var path = Path.Combine(_graph, name);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^5]);

        Assert.Equal(
            WeightsProblem.GraphUnusable,
            Assert.Throws<WeightsUnusableException>(() => Open(sequences: 1)).Problem);
    }

    private OnnxModel Open(int sequences) =>
        OnnxModel.Load(_graph, new OnnxModelOptions { Threads = 1, Sequences = sequences });
}
