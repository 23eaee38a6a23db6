using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Terroir.Answers;

namespace Terroir.Server.Endpoints;

/// <summary>An answer as the text of a chat: Markdown, which clients of the OpenAI API show, or a JSON object.
/// </summary>
internal sealed class ChatAnswer
{
    private const int PieceLength = 80;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly bool _isObject;

    private ChatAnswer(bool isObject) => _isObject = isObject;

    /// <summary>Chooses how answers are written.</summary>
    /// <param name="format">What the request asks for, if it does.</param>
    /// <param name="writer">Writes answers so.</param>
    /// <returns>False for a form that there is not, such as <c>json_schema</c>: what would be filled into a foreign
    /// form could not be held to quotes.</returns>
    public static bool TryCreate(ChatFormat? format, out ChatAnswer writer)
    {
        writer = new ChatAnswer(format?.Type is "json_object");
        return format?.Type is null or "text" or "json_object";
    }

    /// <summary>Cuts a text at spaces into pieces of about a line.</summary>
    public static IEnumerable<string> Split(string text)
    {
        var start = 0;
        while (start < text.Length)
        {
            var space = start + PieceLength < text.Length ? text.IndexOf(' ', start + PieceLength) : -1;
            var end = space < 0 ? text.Length : space + 1;
            yield return text[start..end];
            start = end;
        }
    }

    /// <summary>Writes an answer.</summary>
    public string Write(Answer answer) =>
        _isObject ? JsonSerializer.Serialize(AnswerObject.From(answer), Json) : WriteMarkdown(answer);

    private static string WriteMarkdown(Answer answer)
    {
        var text = new StringBuilder(PlainMarkdown.Of(answer.Text));
        if (answer.Citations.Count > 0)
        {
            text.Append("\n\nSources :");
        }

        foreach (var citation in answer.Citations.Select(CitationResponse.From))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n[{citation.Number}] {PlainMarkdown.Of(citation.Title)}");
            text.Append(PlainMarkdown.Of(citation.PlaceText.Length > 0 ? $", {citation.PlaceText}" : ""))
                .Append(" (").Append(PlainMarkdown.Of(citation.Path)).Append(')');
        }

        foreach (var notice in answer.Notices)
        {
            text.Append("\n\n").Append(PlainMarkdown.Of(notice));
        }

        return text.ToString();
    }
}
