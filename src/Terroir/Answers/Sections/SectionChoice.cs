using System.Text;
using Terroir.Models;
using Terroir.Retrieval;

namespace Terroir.Answers.Sections;

/// <summary>Chooses what of the hits and of their sections a prompt has room for.</summary>
/// <remarks>First the hits, best first, of which those of one section share a number. Then what room is left goes to
/// the passages around them: the nearest first, and of those as near the ones around better hits. It depends on the
/// hits and their documents alone.</remarks>
internal sealed class SectionChoice
{
    /// <summary>Passages further from a hit than this many are not shown for it: about 5,000 bytes on each side.
    /// </summary>
    internal const int DistanceMax = 8;

    private readonly List<ShownSection> _sections = [];
    private readonly AnswerWords _words;
    private int _rest;

    private SectionChoice(AnswerWords words, int sizeMaxBytes)
    {
        _words = words;
        _rest = sizeMaxBytes;
    }

    /// <summary>Chooses.</summary>
    /// <param name="hits">The hits, best first.</param>
    /// <param name="documents">The documents whose passages around the hits may be shown.</param>
    /// <param name="limits">How many hits, and how many bytes in all, are sent.</param>
    /// <param name="words">The labels of passages.</param>
    /// <returns>The sections in the order of their best hits; none if nothing fits.</returns>
    public static IReadOnlyList<ShownSection> Choose(
        IReadOnlyList<PassageHit> hits,
        IReadOnlyDictionary<(CollectionId, DocumentId), DocumentPassages> documents,
        ModelsOptions limits,
        AnswerWords words)
    {
        var choice = new SectionChoice(words, limits.ContextSizeMaxBytes);
        var chosen = hits.Take(limits.PassageCountMax)
            .Where(hit => choice.Add(hit, documents.GetValueOrDefault((hit.Collection, hit.Document.Id))))
            .ToArray();
        for (var distance = 1; distance <= DistanceMax; distance++)
        {
            foreach (var hit in chosen)
            {
                // What follows a passage explains it more often than what precedes it.
                choice.Widen(hit, distance, 1);
                choice.Widen(hit, distance, -1);
            }
        }

        return choice._sections;
    }

    private bool Add(PassageHit hit, DocumentPassages? document)
    {
        var index = _sections.FindIndex(section => section.Takes(hit));
        return index < 0 ? Put(index, new ShownSection(hit, document)) : Put(index, _sections[index].With(hit));
    }

    // Only next to a passage that is shown: where one did not fit, those behind it are left out too.
    private void Widen(PassageHit hit, int distance, int step)
    {
        var index = _sections.FindIndex(section => section.Takes(hit));
        var ordinal = hit.Passage.Ordinal + (distance * step);
        if (index >= 0 && _sections[index] is var section && section.Shows(ordinal - step) && !section.Shows(ordinal)
            && section.Find(hit, distance * step) is { } passage)
        {
            Put(index, section.With(passage));
        }
    }

    private bool Put(int index, ShownSection section)
    {
        var size = SizeOf(section) - (index < 0 ? 0 : SizeOf(_sections[index]));
        if (size > _rest)
        {
            return false;
        }

        _rest -= size;
        if (index < 0)
        {
            _sections.Add(section);
        }
        else
        {
            _sections[index] = section;
        }

        return true;
    }

    private int SizeOf(ShownSection section) => Encoding.UTF8.GetByteCount(section.Describe(_words));
}
