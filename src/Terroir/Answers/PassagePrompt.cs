using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;
using Terroir.Answers.Sections;
using Terroir.Retrieval;

namespace Terroir.Answers;

/// <summary>What a model is asked: rules, numbered passages as delimited data, and the question.</summary>
/// <remarks>Equal passages and questions give equal bytes. The boundary is a hash of all of them, so that no document
/// can hold the line that closes its own passage. It stands behind the rules, which are the same for every
/// question.</remarks>
/// <param name="Messages">The messages.</param>
/// <param name="Sections">What was sent under each number; the first is <c>[1]</c>.</param>
internal sealed record PassagePrompt(IReadOnlyList<ChatMessage> Messages, IReadOnlyList<ShownSection> Sections)
{
    private const int BoundaryLength = 20;

    /// <summary>Every passage that was sent.</summary>
    public IEnumerable<PassageHit> Passages => Sections.SelectMany(section => section.Passages);

    /// <summary>Writes the prompt.</summary>
    /// <param name="request">The question.</param>
    /// <param name="sections">What is sent.</param>
    public static PassagePrompt Write(AskRequest request, IReadOnlyList<ShownSection> sections)
    {
        var words = AnswerWords.For(request);
        var texts = sections.Select(section => section.Describe(words)).ToArray();
        var boundary = Bound(texts.Append(request.Question));
        var data = new StringBuilder().Append(words.MarkLabel).Append(boundary).Append("\n\n");
        foreach (var (index, text) in texts.Index())
        {
            data.Append(Frame(boundary, index + 1, text));
        }

        data.Append(words.QuestionLabel).Append(request.Question);
        return new PassagePrompt(
            [
                new ChatMessage(ChatRole.System, words.ModelRules),
                new ChatMessage(ChatRole.User, data.ToString()),
            ],
            sections);
    }

    /// <summary>A section between two boundaries, as a message, to be measured.</summary>
    public static ChatMessage Frame(string text) =>
        new(ChatRole.User, Frame(Bound([text]), number: 1, text));

    private static string Frame(string boundary, int number, string text) => string.Create(
        CultureInfo.InvariantCulture,
        $"<passage-{boundary} n=\"{number}\">\n{text}\n</passage-{boundary}>\n\n");

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
