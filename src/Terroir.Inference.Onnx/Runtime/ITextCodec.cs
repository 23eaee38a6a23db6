namespace Terroir.Inference.Onnx.Runtime;

/// <summary>What the runtime needs of a tokenizer. Safe to use from several threads.</summary>
public interface ITextCodec
{
    /// <summary>The token that begins every sequence; none for models without one.</summary>
    int? BeginToken { get; }

    /// <summary>The tokens that end an answer.</summary>
    IReadOnlyList<int> EndTokens { get; }

    /// <summary>Encodes text that a person or a document wrote: marks of special tokens in it are ordinary
    /// text.</summary>
    IReadOnlyList<int> Encode(string text);

    /// <summary>Encodes a conversation as the model was trained to read it, special tokens and the head of the answer
    /// included.</summary>
    /// <param name="messages">Pairs of a role (<c>system</c>, <c>user</c>, <c>assistant</c>) and a text.</param>
    IReadOnlyList<int> EncodeChat(IReadOnlyList<ChatTurn> messages);

    /// <summary>Starts decoding an answer.</summary>
    ITextDecoder CreateDecoder();
}
