using Terroir.Inference.Onnx.Runtime;

namespace Terroir.Inference.Onnx.Tokenizers.Chat;

/// <summary>How a family of models reads a conversation. Templates in Jinja are programs; the few formats in use are
/// written here instead, and a template is only recognised by its marks.</summary>
internal abstract class ChatFormat
{
    /// <summary>The mark that ends a turn, and so an answer; none if the end of the text does.</summary>
    public virtual string? TurnEnd => null;

    /// <summary>Finds the format of a template.</summary>
    /// <param name="template">The template; none for a model that was not trained on conversations.</param>
    /// <returns>The format; <see langword="null"/> if it is not known.</returns>
    public static ChatFormat? Recognise(string? template) => template switch
    {
        null or "" => new PlainChat(),
        _ when Has(template, "<|im_start|>") => new ChatMl(),
        _ when Has(template, "<|start_header_id|>") => new Llama3Chat(),
        _ when Has(template, "[SYSTEM_PROMPT]") => new MistralChat("", "", hasSystemMark: true),
        _ when !Has(template, "[INST]") || Has(template, "<<SYS>>") => null,
        _ when Has(template, " [INST]") => new MistralChat(" ", " ", hasSystemMark: false),
        _ when Has(template, "\"[INST]\"") => new MistralChat("", "", hasSystemMark: false),
        _ => new MistralChat("", " ", hasSystemMark: false),
    };

    /// <summary>Writes a conversation and the head of the answer.</summary>
    /// <param name="turns">The turns in order.</param>
    /// <returns>Marks as templates, and what the turns say as text.</returns>
    public abstract IEnumerable<TextPart> Write(IReadOnlyList<ChatTurn> turns);

    /// <summary>A mark of the format.</summary>
    protected static TextPart Mark(string text) => new(text, IsTemplate: true);

    /// <summary>What a turn says.</summary>
    protected static TextPart Text(string text) => new(text, IsTemplate: false);

    private static bool Has(string template, string mark) => template.Contains(mark, StringComparison.Ordinal);
}
