using Terroir.Inference.Onnx.Runtime;

namespace Terroir.Inference.Onnx.Tokenizers.Chat;

/// <summary>The formats of Mistral, which differ in the spaces around marks, and of which the latest has a mark for the
/// system's turn. Without it, that turn is the first paragraph of the user's.</summary>
/// <remarks>After <c>llm_chat_apply_template</c> of ggml-org/llama.cpp.</remarks>
/// <param name="before">What stands before <c>[INST]</c> and <c>[/INST]</c>.</param>
/// <param name="after">What stands after <c>[INST]</c> and before an answer.</param>
/// <param name="hasSystemMark">Whether there is a mark for the system's turn.</param>
internal sealed class MistralChat(string before, string after, bool hasSystemMark) : ChatFormat
{
    public override string TurnEnd => "</s>";

    public override IEnumerable<TextPart> Write(IReadOnlyList<ChatTurn> turns)
    {
        var isOpen = false;
        foreach (var turn in turns)
        {
            switch (turn.Role)
            {
                case "assistant":
                    yield return Text($"{after}{turn.Text}");
                    yield return Mark(TurnEnd);
                    break;
                case "system" when hasSystemMark:
                    yield return Mark("[SYSTEM_PROMPT]");
                    yield return Text($"{after}{turn.Text}");
                    yield return Mark("[/SYSTEM_PROMPT]");
                    break;
                default:
                    if (!isOpen)
                    {
                        yield return Mark($"{before}[INST]{after}");
                    }

                    isOpen = turn.Role is "system";
                    yield return Text(isOpen ? $"{turn.Text}\n\n" : turn.Text);
                    if (!isOpen)
                    {
                        yield return Mark($"{before}[/INST]");
                    }

                    break;
            }
        }
    }
}
