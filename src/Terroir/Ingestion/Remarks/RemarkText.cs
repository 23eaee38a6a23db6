using System.Globalization;
using System.Text;
using Terroir.Documents;

namespace Terroir.Ingestion.Remarks;

/// <summary>The words for remarks in one language: what readers, sources and the quality gate say of files.</summary>
/// <remarks>A sentence has <c>{0}</c> where a value goes and <c>[one|many]</c> where the words depend on how many there
/// are, which is the last value. Immutable.</remarks>
public sealed class RemarkText
{
    private readonly IReadOnlyDictionary<RemarkCode, string> _sentences;

    private RemarkText(string language, IReadOnlyDictionary<RemarkCode, string> sentences)
    {
        Language = language;
        _sentences = sentences;
    }

    /// <summary>The words in English.</summary>
    public static RemarkText English { get; } = new("en", EnglishRemarks.All);

    /// <summary>The words in French.</summary>
    public static RemarkText French { get; } = new("fr", FrenchRemarks.All);

    /// <summary>The language, <c>en</c> or <c>fr</c>.</summary>
    public string Language { get; }

    /// <summary>Chooses the words for a program that asks.</summary>
    /// <param name="languages">A language, or the header <c>Accept-Language</c>; may be empty.</param>
    /// <returns>French if it is the first of the two that is named; else English.</returns>
    public static RemarkText For(string? languages) => FirstOf(languages) is "fr" ? French : English;

    /// <summary>Finds the language that a program asks for.</summary>
    /// <param name="languages">A language, or the header <c>Accept-Language</c>; may be empty.</param>
    /// <returns>The first of <c>fr</c> and <c>en</c> that is named, or <see langword="null"/>.</returns>
    public static string? FirstOf(string? languages)
    {
        var first = (languages ?? "").Split(',', StringSplitOptions.TrimEntries)
            .FirstOrDefault(language => Is(language, "fr") || Is(language, "en"));
        return first is null ? null : Is(first, "fr") ? "fr" : "en";
    }

    /// <summary>Says remarks, one after another.</summary>
    /// <param name="remarks">The remarks.</param>
    /// <returns>Sentences; one that was stored in words stays in the language that it is in.</returns>
    public string Describe(IEnumerable<Remark> remarks)
    {
        ArgumentNullException.ThrowIfNull(remarks);
        return string.Join(' ', remarks.Select(Describe));
    }

    /// <summary>Says a remark.</summary>
    /// <param name="remark">The remark.</param>
    /// <returns>A sentence.</returns>
    public string Describe(Remark remark)
    {
        ArgumentNullException.ThrowIfNull(remark);
        return Fill(_sentences[remark.Code], remark.Values);
    }

    // Values are never looked into: what a file is called cannot become a part of the form.
    private static string Fill(ReadOnlySpan<char> sentence, IReadOnlyList<string> values)
    {
        var isOne = values.Count > 0 && values[^1] is "1";
        var text = new StringBuilder(sentence.Length + 32);
        while (sentence.IndexOfAny('[', '{') is >= 0 and var start)
        {
            text.Append(sentence[..start]);
            var isChoice = sentence[start] == '[';
            var end = start + sentence[start..].IndexOf(isChoice ? ']' : '}');
            var inner = sentence[(start + 1)..end];
            if (isChoice)
            {
                var bar = inner.IndexOf('|');
                text.Append(Fill(isOne ? inner[..bar] : inner[(bar + 1)..], values));
            }
            else if (int.Parse(inner, CultureInfo.InvariantCulture) is var index && index < values.Count)
            {
                text.Append(values[index]);
            }

            sentence = sentence[(end + 1)..];
        }

        return text.Append(sentence).ToString();
    }

    private static bool Is(string entry, string language) =>
        entry.StartsWith(language, StringComparison.OrdinalIgnoreCase)
        && (entry.Length == language.Length || entry[language.Length] is '-' or ';');
}
