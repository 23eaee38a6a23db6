namespace Terroir.Inference.Onnx.Tokenizers.PreTokenization;

/// <summary>Pre-tokenizers one after another.</summary>
internal sealed class PreTokenizerSequence(IReadOnlyList<IPreTokenizer> steps) : IPreTokenizer
{
    public IEnumerable<ReadOnlyMemory<AlignedRune>> Split(ReadOnlyMemory<AlignedRune> piece, bool isFirst)
    {
        List<ReadOnlyMemory<AlignedRune>> pieces = [piece];
        foreach (var step in steps)
        {
            pieces = [.. pieces.SelectMany((part, index) => step.Split(part, isFirst && index == 0))];
        }

        return pieces;
    }
}
