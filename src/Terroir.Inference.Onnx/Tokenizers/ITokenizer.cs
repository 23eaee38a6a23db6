namespace Terroir.Inference.Onnx.Tokenizers;

/// <summary>Cuts text into the tokens of one model, and puts tokens together to text.</summary>
/// <remarks>
/// Safe to call from several threads at once. A lone half of a surrogate pair is read as U+FFFD. Control tokens, such
/// as the mark of a turn in a conversation, are never read out of text unless the caller says that it is a template: a
/// document that holds their spelling cannot act as one.
/// </remarks>
public interface ITokenizer
{
    /// <summary>How many ids there are: each id is below this number.</summary>
    int VocabularySize { get; }

    /// <summary>The token that begins every text of the model; none if the model has none.</summary>
    int? BeginningId { get; }

    /// <summary>The tokens that end a text, ascending; empty if it is not known.</summary>
    IReadOnlyList<int> EndIds { get; }

    /// <summary>How conversations are written for the model: the source of a template in the language Jinja; none if
    /// the files have none.</summary>
    string? ChatTemplate { get; }

    /// <summary>Cuts a text.</summary>
    /// <param name="text">The text; at most <see cref="TokenizerLimits.TextLengthMax"/> characters.</param>
    /// <param name="options">What is added, and whether the text is a template.</param>
    /// <returns>The tokens in the order of the text. Where the model keeps all of the text they tile it: each starts
    /// where the one before ends.</returns>
    /// <exception cref="ArgumentException"><paramref name="text"/> is too long.</exception>
    IReadOnlyList<Token> Encode(string text, EncodeOptions options = EncodeOptions.None);

    /// <summary>Cuts a text of parts, of which only some are templates: control tokens are read out of those alone.
    /// </summary>
    /// <param name="parts">The parts in order; together at most <see cref="TokenizerLimits.TextLengthMax"/> characters.
    /// </param>
    /// <returns>The tokens, with offsets in the whole text; none is added.</returns>
    /// <exception cref="ArgumentException">The text is too long.</exception>
    IReadOnlyList<Token> EncodeParts(IReadOnlyList<TextPart> parts);

    /// <summary>Cuts one text, or two as one input, such as a question and a passage for a reranker, with the control
    /// tokens of the model around them.</summary>
    /// <param name="first">The first text.</param>
    /// <param name="second">The second text, if there is one.</param>
    /// <param name="tokensMax">How many tokens there may be in all. The end of the second text is left out first, then
    /// that of the first; control tokens stay.</param>
    /// <returns>The tokens, and for each the number of its text's segment, 0 or 1. Offsets are in the text that a token
    /// is of.</returns>
    (IReadOnlyList<Token> Tokens, IReadOnlyList<int> Segments) EncodeInput(
        string first,
        string? second,
        int tokensMax);

    /// <summary>Puts tokens together, without control tokens.</summary>
    /// <param name="ids">The tokens.</param>
    /// <returns>The text; bytes that are no UTF-8 become U+FFFD.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An id is not in the vocabulary.</exception>
    string Decode(IEnumerable<int> ids);

    /// <summary>Begins to put together tokens that come one by one.</summary>
    TokenDecoder CreateDecoder();

    /// <summary>Finds a token by its spelling in the vocabulary.</summary>
    /// <returns>The id; <see langword="null"/> if there is none.</returns>
    int? Find(string token);
}
