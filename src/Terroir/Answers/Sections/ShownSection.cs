using System.Collections.Immutable;
using System.Text;
using Terroir.Answers.Extractive;
using Terroir.Retrieval;

namespace Terroir.Answers.Sections;

/// <summary>Passages of one section, as a model is shown them under one number. Immutable.</summary>
internal sealed class ShownSection
{
    /// <summary>Of a title, and of the headings of a passage together, at most this many characters are sent.
    /// </summary>
    internal const int LabelLengthMax = 300;

    // Stands where passages between two others are not shown.
    private const string Gap = "\n[…]\n";

    private readonly ImmutableSortedDictionary<int, PassageHit> _passages;
    private readonly DocumentPassages? _document;

    /// <summary>A section of one passage.</summary>
    /// <param name="hit">The passage.</param>
    /// <param name="document">Its document, if what stands around the passage may be shown.</param>
    public ShownSection(PassageHit hit, DocumentPassages? document)
        : this(ImmutableSortedDictionary<int, PassageHit>.Empty.Add(hit.Passage.Ordinal, hit), document)
    {
    }

    private ShownSection(ImmutableSortedDictionary<int, PassageHit> passages, DocumentPassages? document)
    {
        _passages = passages;
        _document = document;
    }

    /// <summary>The passages, in the order of the document.</summary>
    public IEnumerable<PassageHit> Passages => _passages.Values;

    /// <summary>Whether a hit belongs to this section.</summary>
    public bool Takes(PassageHit hit) =>
        _passages.Values.First() is var first
        && first.Collection == hit.Collection && first.Document.Id == hit.Document.Id
        && (_document?.AreOneSection(first.Passage.Ordinal, hit.Passage.Ordinal) ?? false);

    /// <summary>Whether a passage is shown.</summary>
    public bool Shows(int ordinal) => _passages.ContainsKey(ordinal);

    /// <summary>The passage at a distance from a hit of this section, if it is of the section too.</summary>
    public PassageHit? Find(PassageHit hit, int distance) => _document?.Find(hit, distance);

    /// <summary>The section with one passage more.</summary>
    public ShownSection With(PassageHit passage) =>
        new(_passages.SetItem(passage.Passage.Ordinal, passage), _document);

    /// <summary>Writes what the model is sent: labels, then the text as it is stored.</summary>
    public string Describe(AnswerWords words)
    {
        var first = _passages.Values.First();
        var text = new StringBuilder(words.TitleLabel).Append(OneLine(first.Document.Title)).Append('\n');
        if (first.Passage.Headings.Count > 0)
        {
            text.Append(words.SectionLabel).Append(OneLine(string.Join(" > ", first.Passage.Headings))).Append('\n');
        }

        PassageHit? before = null;
        foreach (var passage in Passages)
        {
            var isNext = before is not null && before.Passage.Ordinal + 1 == passage.Passage.Ordinal;
            text.Append(before is null ? "" : isNext ? Between(before, passage) : Gap);
            text.Append(isNext ? "" : ColumnsOf(passage, words)).Append(passage.Text);
            before = passage;
        }

        return text.ToString();
    }

    // A table that began before what is shown: its rows say nothing without the names of their columns.
    private static string ColumnsOf(PassageHit hit, AnswerWords words) =>
        hit.Tables is [{ Start: 0, BodyStart: 0, Header.Length: > 0 } table, ..]
            ? words.ColumnsLabel + OneLine(ShownText.Names(table.Header)) + '\n'
            : "";

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

    private string Between(PassageHit one, PassageHit next) =>
        _document!.TextBetween(one.Passage.End, next.Passage.Start);
}
