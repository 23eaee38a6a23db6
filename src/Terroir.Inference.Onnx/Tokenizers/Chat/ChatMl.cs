using Terroir.Inference.Onnx.Runtime;

namespace Terroir.Inference.Onnx.Tokenizers.Chat;

/// <summary>ChatML, as Qwen reads it.</summary>
internal sealed class ChatMl : ChatFormat
{
    public override string TurnEnd => "<|im_end|>";

    public override IEnumerable<TextPart> Write(IReadOnlyList<ChatTurn> turns)
    {
        foreach (var turn in turns)
        {
            yield return Mark($"<|im_start|>{turn.Role}\n");
            yield return Text(turn.Text);
            yield return Mark($"{TurnEnd}\n");
        }

        yield return Mark("<|im_start|>assistant\n");
    }
}
