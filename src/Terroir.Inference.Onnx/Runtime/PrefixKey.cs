namespace Terroir.Inference.Onnx.Runtime;

/// <summary>Whose prompts may share what the model computed for their common begin. Requests without a key share
/// nothing.</summary>
/// <param name="Generation">The state of the collection that the prompt was made from.</param>
/// <param name="Permissions">The set of permissions of who asked: two sets never share.</param>
public sealed record PrefixKey(string Generation, string Permissions);
