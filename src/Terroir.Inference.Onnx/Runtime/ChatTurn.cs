namespace Terroir.Inference.Onnx.Runtime;

/// <summary>One message of a conversation.</summary>
/// <param name="Role"><c>system</c>, <c>user</c> or <c>assistant</c>.</param>
/// <param name="Text">What it says.</param>
public sealed record ChatTurn(string Role, string Text);
