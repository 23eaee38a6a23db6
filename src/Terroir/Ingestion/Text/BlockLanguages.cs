using System.Text;
using Terroir.Documents;
using Terroir.Languages;

namespace Terroir.Ingestion.Text;

/// <summary>The language of a document and of each of its pieces.</summary>
/// <remarks>A block that tells too little has the language of what stands before and after it, where those agree, and
/// else that of the document.</remarks>
internal sealed class BlockLanguages
{
    private readonly string[] _languages;

    private BlockLanguages(string main, string[] languages)
    {
        Main = main;
        _languages = languages;
    }

    /// <summary>The main language of the document, as an ISO 639-1 code.</summary>
    public string Main { get; }

    /// <summary>Finds the languages.</summary>
    /// <param name="title">The title, which may tell more than a short text.</param>
    /// <param name="text">The canonical text.</param>
    /// <param name="stated">The language that the document states, or <see langword="null"/>.</param>
    /// <param name="fallback">The language of the site.</param>
    public static BlockLanguages Of(string title, CanonicalText text, string? stated, string fallback)
    {
        var head = text.Bytes.AsSpan(0, Math.Min(text.Bytes.Length, 4 * LanguageIdentifier.ProbeLength));
        var main = LanguageIdentifier.IdentifyDocument($"{title}\n{Encoding.UTF8.GetString(head)}", stated, fallback);
        var told = new string?[text.Spans.Count];
        for (var number = 0; number < told.Length;)
        {
            var end = EndOfBlock(text, number);
            var size = Math.Min(text.Spans[end - 1].End - text.Spans[number].Start, 4 * LanguageIdentifier.ProbeLength);
            var words = Encoding.UTF8.GetString(text.Bytes.AsSpan(text.Spans[number].Start, size));
            var language = text.Spans[number].Block is CodeBlock
                ? null
                : LanguageIdentifier.IdentifyBlock(words, main);
            Array.Fill(told, language, number, end - number);
            number = end;
        }

        return new BlockLanguages(main, Fill(told, main));
    }

    /// <summary>The language of a piece.</summary>
    /// <param name="span">Its number.</param>
    public string Of(int span) => _languages[span];

    private static int EndOfBlock(CanonicalText text, int number)
    {
        var end = number + 1;
        while (end < text.Spans.Count && ReferenceEquals(text.Spans[end].Block, text.Spans[number].Block))
        {
            end++;
        }

        return end;
    }

    private static string[] Fill(string?[] told, string main)
    {
        var languages = new string[told.Length];
        string? before = null;
        for (var number = 0; number < told.Length;)
        {
            if (told[number] is { } language)
            {
                languages[number++] = before = language;
                continue;
            }

            var end = number;
            while (end < told.Length && told[end] is null)
            {
                end++;
            }

            var after = end < told.Length ? told[end] : before;
            var isInside = before is not null && string.Equals(before, after, StringComparison.Ordinal);
            Array.Fill(languages, isInside ? before! : main, number, end - number);
            number = end;
        }

        return languages;
    }
}
