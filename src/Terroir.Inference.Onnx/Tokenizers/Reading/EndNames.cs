using System.Text;
using System.Text.Json;

namespace Terroir.Inference.Onnx.Tokenizers.Reading;

/// <summary>The tokens that begin and end a text, as <c>tokenizer_config.json</c> and <c>generation_config.json</c>
/// name them.</summary>
internal sealed record EndNames
{
    /// <summary>Nothing is known.</summary>
    public static EndNames None { get; } = new();

    /// <summary>What begins a text.</summary>
    public string? Beginning { get; init; }

    /// <summary>What ends a text.</summary>
    public IReadOnlyList<string> Ends { get; init; } = [];

    /// <summary>What ends a text, by number.</summary>
    public IReadOnlyList<int> EndIds { get; init; } = [];

    /// <summary>The template of conversations; none if there is none.</summary>
    public string? ChatTemplate { get; init; }

    /// <summary>Reads the files of a folder; those that are absent say nothing.</summary>
    /// <exception cref="TokenizerUnusableException">One is not of its format.</exception>
    public static EndNames Read(string folder)
    {
        var names = Read(Path.Combine(folder, "tokenizer_config.json"), None, (root, known) => known with
        {
            Beginning = ReadToken(root, "bos_token"),
            Ends = ReadToken(root, "eos_token") is { } end ? [end] : [],
            ChatTemplate = root.Find("chat_template") is { ValueKind: JsonValueKind.String } text
                ? text.GetString()
                : null,
        });
        var template = Path.Combine(folder, "chat_template.jinja");
        if (names.ChatTemplate is null && File.Exists(template))
        {
            names = names with { ChatTemplate = Encoding.UTF8.GetString(VocabularyBytes.Read(template)) };
        }

        return Read(Path.Combine(folder, "generation_config.json"), names, (root, known) => known with
        {
            EndIds = root.Find("eos_token_id") switch
            {
                { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(ReadId)],
                { } id => [ReadId(id)],
                null => [],
            },
        });
    }

    private static EndNames Read(string path, EndNames known, Func<JsonElement, EndNames, EndNames> read) =>
        !File.Exists(path)
            ? known
            : VocabularyBytes.Guard(Path.GetFileName(path), () =>
            {
                using var document = JsonDocument.Parse(VocabularyBytes.Read(path));
                return read(document.RootElement, known);
            });

    private static string? ReadToken(JsonElement root, string name) => root.Find(name) switch
    {
        { ValueKind: JsonValueKind.Object } token => token.Text("content"),
        { } token => JsonSettings.AsText(token, name),
        null => null,
    };

    private static int ReadId(JsonElement id) =>
        id.ValueKind == JsonValueKind.Number && id.TryGetInt32(out var value)
            ? value
            : throw VocabularyFault.Malformed("eos_token_id");
}
