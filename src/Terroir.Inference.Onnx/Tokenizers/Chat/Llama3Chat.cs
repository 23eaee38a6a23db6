using Terroir.Inference.Onnx.Runtime;

namespace Terroir.Inference.Onnx.Tokenizers.Chat;

/// <summary>The format of Llama 3.</summary>
internal sealed class Llama3Chat : ChatFormat
{
    public override string TurnEnd => "<|eot_id|>";

    public override IEnumerable<TextPart> Write(IReadOnlyList<ChatTurn> turns)
    {
        foreach (var turn in turns)
        {
            yield return Mark(Head(turn.Role));
            yield return Text(turn.Text.Trim());
            yield return Mark(TurnEnd);
        }

        yield return Mark(Head("assistant"));
    }

    private static string Head(string role) => $"<|start_header_id|>{role}<|end_header_id|>\n\n";
}
