using System.Globalization;
using System.Text;

namespace Terroir.Bench.Gating;

/// <summary>Bad documents as they stand on real shares, made from good ones: each keeps the title, as a file keeps its
/// name.</summary>
internal static class BadDocuments
{
    private const double RecognitionErrorShare = 0.25;
    private const double ChangedWordShare = 0.04;
    private const int WordsOfStub = 12;

    // What character recognition takes for one another.
    private static readonly Dictionary<char, string> Confusions =
        "a:s b:h c:e d:cl e:c é:6 è:e g:q h:b i:l l:1 m:rn n:ri o:0 r:t s:5 t:f u:ii v:y à:a"
            .Split(' ')
            .ToDictionary(pair => pair[0], pair => pair[2..]);

    private static readonly Encoding Windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>The kinds.</summary>
    /// <param name="isEnglish">Whether the documents are in English; else in French.</param>
    public static IReadOnlyList<BadKind> Kinds(bool isEnglish) =>
    [
        new("fonts-unmapped", (document, random) => document with { Text = Shifted(document.Text, random) }),
        new("poor-recognition", (document, random) => document with { Text = Recognised(document.Text, random) }),
        new("wrong-encoding", (document, _) => document with
        {
            Text = Windows.GetString(Encoding.UTF8.GetBytes(document.Text)),
        }),
        new("exact-copy", (document, _) => document),
        new("near-copy", (document, random) => document with { Text = Edited(document.Text, random) }),
        new("boilerplate", (document, _) => document with { Text = Stub(document) }),
        new("expired", (document, random) => document with
        {
            Text = (isEnglish ? "Valid until 31 December 2013.\n" : "Valable jusqu'au 31 décembre 2013.\n")
                + WithOtherFigures(document.Text, random),
            ModifiedAt = new DateTimeOffset(2012, 12, 3, 0, 0, 0, TimeSpan.Zero),
        }),
    ];

    // As from fonts that do not say which letters they draw: all letters moved along the alphabet.
    private static string Shifted(string text, Random random)
    {
        var by = random.Next(3, 23);
        return string.Concat(text.Select(letter =>
            letter is >= 'a' and <= 'z' ? (char)('a' + ((letter - 'a' + by) % 26))
            : letter is >= 'A' and <= 'Z' ? (char)('A' + ((letter - 'A' + by) % 26))
            : letter));
    }

    private static string Recognised(string text, Random random)
    {
        var read = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            var isWrong = random.NextDouble() < RecognitionErrorShare;
            read.Append(isWrong && Confusions.TryGetValue(letter, out var other) ? other : letter.ToString());
        }

        return read.ToString();
    }

    // Another version: some words are others of the same text.
    private static string Edited(string text, Random random)
    {
        var words = text.Split(' ');
        for (var index = 0; index < words.Length; index++)
        {
            if (random.NextDouble() < ChangedWordShare)
            {
                words[index] = words[random.Next(words.Length)];
            }
        }

        return string.Join(' ', words);
    }

    // A page of which only the head, the navigation and the foot were saved.
    private static string Stub(PlantedDocument document) =>
        string.Join(' ', document.Text.Split(' ').Take(WordsOfStub))
        + "\nAccueil. Rechercher. Se connecter. Mon compte. Plan du site. Contact. Mentions légales."
        + "\nHome. Search. Sign in. My account. Site map. Contact. Terms of use. Cookies.";

    private static string WithOtherFigures(string text, Random random) => string.Concat(text.Select(letter =>
        char.IsAsciiDigit(letter) ? random.Next(10).ToString(CultureInfo.InvariantCulture)[0] : letter));
}

/// <summary>A kind of bad documents.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Spoil">Makes one from a good one.</param>
internal sealed record BadKind(string Name, Func<PlantedDocument, Random, PlantedDocument> Spoil);

/// <summary>A document that is put into the collection.</summary>
/// <param name="Path">Its path; unique.</param>
/// <param name="Original">The judged document that it is, or was made from.</param>
/// <param name="Title">Its title; may be empty.</param>
/// <param name="Text">Its text.</param>
/// <param name="ModifiedAt">When it was last changed.</param>
internal sealed record PlantedDocument(
    string Path,
    string Original,
    string Title,
    string Text,
    DateTimeOffset ModifiedAt);
