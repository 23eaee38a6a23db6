using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;
using Terroir.Models;
using Terroir.Retrieval;

namespace Terroir.Answers;

/// <summary>What a model is asked: rules, numbered passages as delimited data, and the question.</summary>
/// <remarks>Equal passages and questions give equal bytes. The boundary is a hash of all of them, so that no document
/// can hold the line that closes its own passage.</remarks>
/// <param name="Messages">The messages.</param>
/// <param name="Hits">The passages that were sent; the first is <c>[1]</c>.</param>
internal sealed record PassagePrompt(IReadOnlyList<ChatMessage> Messages, IReadOnlyList<PassageHit> Hits)
{
    /// <summary>Of a title, and of the headings of a passage together, at most this many characters are sent.
    /// </summary>
    internal const int LabelLengthMax = 300;

    private const int BoundaryLength = 20;

    /// <summary>Writes the prompt for the best passages that the settings have room for.</summary>
    /// <param name="request">The question.</param>
    /// <param name="hits">The passages, best first.</param>
    /// <param name="limits">How many passages and bytes are sent.</param>
    public static PassagePrompt Write(AskRequest request, IReadOnlyList<PassageHit> hits, ModelsOptions limits)
    {
        var words = AnswerWords.For(request);
        var chosen = new List<PassageHit>();
        var texts = new List<string>();
        var rest = limits.ContextSizeMaxBytes;
        foreach (var hit in hits.Take(limits.PassageCountMax))
        {
            var text = Describe(hit, words);
            var size = Encoding.UTF8.GetByteCount(text);
            if (size <= rest)
            {
                rest -= size;
                chosen.Add(hit);
                texts.Add(text);
            }
        }

        var boundary = Bound(texts.Append(request.Question));
        var data = new StringBuilder();
        foreach (var (index, text) in texts.Index())
        {
            data.Append(CultureInfo.InvariantCulture, $"<passage-{boundary} n=\"{index + 1}\">\n");
            data.Append(text).Append(CultureInfo.InvariantCulture, $"\n</passage-{boundary}>\n\n");
        }

        data.Append(words.QuestionLabel).Append(request.Question);
        return new PassagePrompt(
            [
                new ChatMessage(
                    ChatRole.System,
                    words.ModelRules.Replace("{boundary}", boundary, StringComparison.Ordinal)),
                new ChatMessage(ChatRole.User, data.ToString()),
            ],
            chosen);
    }

    private static string Describe(PassageHit hit, AnswerWords words)
    {
        var text = new StringBuilder(words.TitleLabel).Append(OneLine(hit.Document.Title)).Append('\n');
        if (hit.Passage.Headings.Count > 0)
        {
            text.Append(words.SectionLabel).Append(OneLine(string.Join(" > ", hit.Passage.Headings))).Append('\n');
        }

        // A table that began before the passage: its rows say nothing without the names of their columns.
        if (hit.Tables is [{ Start: 0, BodyStart: 0, Header.Length: > 0 } table, ..])
        {
            text.Append(words.ColumnsLabel).Append(OneLine(Extractive.ShownText.Names(table.Header))).Append('\n');
        }

        return text.Append(hit.Text).ToString();
    }

    private static string OneLine(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        if (line.Length <= LabelLengthMax)
        {
            return line;
        }

        var length = char.IsHighSurrogate(line[LabelLengthMax - 1]) ? LabelLengthMax - 1 : LabelLengthMax;
        return line[..length] + "…";
    }

    private static string Bound(IEnumerable<string> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in texts)
        {
            // The hash of each part, so that the parts cannot be cut differently to the same whole.
            hash.AppendData(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..BoundaryLength];
    }
}
