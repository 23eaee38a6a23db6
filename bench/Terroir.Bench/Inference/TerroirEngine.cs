using Terroir.Inference.Onnx.Runtime;

namespace Terroir.Bench.Inference;

/// <summary>The engine of the product, one thread.</summary>
internal sealed class TerroirEngine(string graphFolder, int sequences) : ILanguageEngine
{
    private readonly OnnxModel _model = OnnxModel.Load(
        graphFolder,
        new OnnxModelOptions { Threads = 1, Sequences = sequences, Context = 2_304 });

    public int Sequences => _model.Sequences;

    public void Read(ReadOnlySpan<int> tokens) => _model.Prefill(0, tokens, CancellationToken.None);

    /// <summary>Reads one token into every sequence, in one run.</summary>
    public void ReadAll(int token)
    {
        Span<int> tokens = stackalloc int[_model.Sequences];
        tokens.Fill(token);
        _model.StepAll(tokens, static (_, _) => { });
    }

    public void Reset()
    {
        for (var sequence = 0; sequence < _model.Sequences; sequence++)
        {
            _model.Rewind(sequence, 0);
        }
    }

    public void Dispose() => _model.Dispose();
}
