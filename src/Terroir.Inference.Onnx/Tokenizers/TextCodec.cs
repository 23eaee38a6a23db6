using Terroir.Inference.Onnx.Runtime;
using Terroir.Inference.Onnx.Tokenizers.Chat;

namespace Terroir.Inference.Onnx.Tokenizers;

/// <summary>What the runtime needs of a tokenizer. Safe to use from several threads.</summary>
public sealed class TextCodec : ITextCodec
{
    private readonly ITokenizer _tokenizer;
    private readonly ChatFormat? _format;
    private readonly bool _isBeginningMarked;

    /// <summary>Makes the codec of a tokenizer.</summary>
    /// <param name="tokenizer">The tokenizer.</param>
    public TextCodec(ITokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        _tokenizer = tokenizer;
        _format = ChatFormat.Recognise(tokenizer.ChatTemplate);

        // Qwen has a token for it and does not use it.
        _isBeginningMarked = tokenizer.Encode("", EncodeOptions.AddControl) is [var first, ..]
            && first.Id == tokenizer.BeginningId;
        var turnEnd = _format?.TurnEnd is { } mark ? tokenizer.Find(mark) : null;
        EndTokens = [.. tokenizer.EndIds.Append(turnEnd ?? -1).Where(id => id >= 0).Distinct().Order()];
    }

    /// <inheritdoc/>
    public int? BeginToken => _isBeginningMarked ? _tokenizer.BeginningId : null;

    /// <inheritdoc/>
    public IReadOnlyList<int> EndTokens { get; }

    /// <inheritdoc/>
    public IReadOnlyList<int> Encode(string text) => [.. _tokenizer.Encode(text).Select(token => token.Id)];

    /// <inheritdoc/>
    /// <exception cref="TokenizerUnusableException">The model's template of conversations is not known.</exception>
    public IReadOnlyList<int> EncodeChat(IReadOnlyList<ChatTurn> messages)
    {
        var format = _format
            ?? throw new TokenizerUnusableException("tokenizer", TokenizerProblem.Unsupported, "chat_template");
        var ids = _tokenizer.EncodeParts([.. format.Write(messages)]).Select(token => token.Id);
        return BeginToken is { } begin ? [begin, .. ids] : [.. ids];
    }

    /// <inheritdoc/>
    public ITextDecoder CreateDecoder() => new Decoder(_tokenizer.CreateDecoder(), _tokenizer.VocabularySize);

    private sealed class Decoder(TokenDecoder decoder, int vocabularySize) : ITextDecoder
    {
        // Weights may have rows for more tokens than there are: their count is rounded up for fast processors.
        public string Append(int token) => token < vocabularySize ? decoder.Add(token) : "";

        public string Flush() => decoder.Flush();
    }
}
