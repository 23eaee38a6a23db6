using System.Text;
using Terroir.Documents;
using Terroir.Retrieval;

namespace Terroir.Answers.Sections;

/// <summary>The passages of a document that has a hit, to find what stands around it.</summary>
/// <param name="text">The canonical text.</param>
/// <param name="passages">The passages, in order.</param>
internal sealed class DocumentPassages(ReadOnlyMemory<byte> text, IReadOnlyList<Passage> passages)
{
    /// <summary>Reads the passage at a distance from another, if both are of one section: all from the one to the other
    /// have the same headings.</summary>
    /// <param name="hit">A passage of the document.</param>
    /// <param name="distance">How many passages further; negative for one before it.</param>
    /// <returns>The passage with the score of <paramref name="hit"/>, or <see langword="null"/>.</returns>
    public PassageHit? Find(PassageHit hit, int distance)
    {
        var ordinal = hit.Passage.Ordinal + distance;
        if (!AreOneSection(hit.Passage.Ordinal, ordinal))
        {
            return null;
        }

        var passage = passages[ordinal];
        var words = TextBetween(passage.Start, passage.End);
        return hit with
        {
            Passage = passage,
            Text = words,
            Tables = [.. PassageTables.Of(passage, text.Span, words)],
            Highlights = [],
        };
    }

    /// <summary>Whether two passages and all between them have the same headings.</summary>
    public bool AreOneSection(int one, int other)
    {
        var (first, last) = (Math.Min(one, other), Math.Max(one, other));
        return first >= 0 && last < passages.Count
            && passages.Skip(first + 1).Take(last - first)
                .All(passage => passage.Headings.SequenceEqual(passages[first].Headings, StringComparer.Ordinal));
    }

    /// <summary>The text from one byte to another.</summary>
    public string TextBetween(int start, int end) => Encoding.UTF8.GetString(text.Span[start..end]);
}
