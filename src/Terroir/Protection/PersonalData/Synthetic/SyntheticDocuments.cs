using System.Text;

namespace Terroir.Protection.PersonalData.Synthetic;

/// <summary>Makes labelled French documents out of templates, to measure what finds personal data.</summary>
/// <remarks>The same seed makes the same documents on every machine: the generator of numbers is our own.</remarks>
public static class SyntheticDocuments
{
    /// <summary>How many documents are made at most.</summary>
    public const int CountMax = 1_000_000;

    /// <summary>Which sentences of a document are drawn at least and at most.</summary>
    private const int SentenceCountMin = 3, SentenceCountMax = 7;

    /// <summary>Makes documents, with names of our own list.</summary>
    /// <param name="set">Of which templates and names.</param>
    /// <param name="seed">Two documents of one place are the same if this is.</param>
    /// <param name="count">How many; 0 to <see cref="CountMax"/>.</param>
    public static IEnumerable<SyntheticDocument> Make(SyntheticSet set, ulong seed, int count) =>
        Make(set, seed, count, SyntheticNames.FirstNames, SyntheticNames.SurnamesOf(set));

    /// <summary>Makes documents.</summary>
    /// <param name="set">Of which templates.</param>
    /// <param name="seed">Two documents of one place are the same if this is.</param>
    /// <param name="count">How many; 0 to <see cref="CountMax"/>.</param>
    /// <param name="firstNames">First names to draw from.</param>
    /// <param name="surnames">Surnames to draw from.</param>
    public static IEnumerable<SyntheticDocument> Make(
        SyntheticSet set,
        ulong seed,
        int count,
        IReadOnlyList<string> firstNames,
        IReadOnlyList<string> surnames) =>
        Make(
            set is SyntheticSet.Training ? TrainingTemplates.Genres : EvaluationTemplates.Genres,
            seed,
            count,
            firstNames,
            surnames);

    /// <summary>Makes documents of genres, one after the other.</summary>
    internal static IEnumerable<SyntheticDocument> Make(
        IReadOnlyList<SyntheticGenre> genres,
        ulong seed,
        int count,
        IReadOnlyList<string> firstNames,
        IReadOnlyList<string> surnames)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, CountMax);
        return Draw(genres, seed, count, firstNames, surnames);
    }

    private static IEnumerable<SyntheticDocument> Draw(
        IReadOnlyList<SyntheticGenre> genres,
        ulong seed,
        int count,
        IReadOnlyList<string> firstNames,
        IReadOnlyList<string> surnames)
    {
        var draws = new SeededDraws(seed);
        for (var index = 0; index < count; index++)
        {
            yield return Make(
                genres[index % genres.Count],
                new SyntheticValues(draws, firstNames, surnames),
                draws);
        }
    }

    private static SyntheticDocument Make(SyntheticGenre genre, SyntheticValues values, SeededDraws draws)
    {
        var wanted = Math.Min(genre.Sentences.Length, draws.Next(SentenceCountMin, SentenceCountMax + 1));
        var sentences = new List<string>(genre.Sentences);
        while (sentences.Count > wanted)
        {
            sentences.RemoveAt(draws.Next(0, sentences.Count));
        }

        // The order of the templates is not that of the documents.
        for (var at = sentences.Count - 1; at > 0; at--)
        {
            var other = draws.Next(0, at + 1);
            (sentences[at], sentences[other]) = (sentences[other], sentences[at]);
        }

        var separator = draws.Pick(["\n", "\n", " "]);
        var template = string.Join(
            '\n',
            draws.Pick(genre.Openings),
            string.Join(separator, sentences),
            draws.Pick(genre.Closings));
        return Fill(genre.Name, template, values, draws);
    }

    private static SyntheticDocument Fill(string genre, string template, SyntheticValues values, SeededDraws draws)
    {
        var text = new StringBuilder();
        var labels = new List<PersonalDataFinding>();
        var bytes = 0;
        for (var at = 0; at < template.Length;)
        {
            var (kind, part, length) = Next(template, at, values, draws);
            var size = Encoding.UTF8.GetByteCount(part);
            if (kind is not null)
            {
                labels.Add(new PersonalDataFinding(kind, bytes, bytes + size, part, Confidence: 1, "label"));
            }

            at += length;
            bytes += size;
            text.Append(part);
        }

        return new SyntheticDocument(genre, text.Append('\n').ToString(), labels);
    }

    private static (string? Kind, string Part, int Length) Next(
        string template,
        int at,
        SyntheticValues values,
        SeededDraws draws)
    {
        if (template[at] is not ('{' or '['))
        {
            var next = template.AsSpan(at).IndexOfAny('{', '[');
            var part = next < 0 ? template[at..] : template.Substring(at, next);
            return (null, part, part.Length);
        }

        var end = template.IndexOf(template[at] == '{' ? '}' : ']', at);
        var inner = template[(at + 1)..end];
        var (kind, value) = template[at] == '{' ? values.Make(inner) : (null, draws.Pick(inner.Split('|')));
        return (kind, value, end + 1 - at);
    }
}
