using Terroir.Inference.Onnx.Runtime;

namespace Terroir.Inference.Onnx.Tokenizers.Chat;

/// <summary>No format: the turns follow one another as paragraphs, and the model goes on.</summary>
internal sealed class PlainChat : ChatFormat
{
    public override IEnumerable<TextPart> Write(IReadOnlyList<ChatTurn> turns) =>
        [Text(string.Join("\n\n", turns.Select(turn => turn.Text)))];
}
