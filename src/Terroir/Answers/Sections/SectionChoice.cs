using System.Runtime.InteropServices;
using System.Text;
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
    private readonly List<Cost> _costs = [];
    private readonly HashSet<(CollectionId, DocumentId, int)> _parts = [];
    private readonly AnswerWords _words;
    private readonly PromptRoom _room;
    private Cost _rest;

    private SectionChoice(AnswerWords words, PromptRoom room)
    {
        _words = words;
        _room = room;
        _rest = new Cost(room.SizeMaxBytes, room.TokensMax);
    }

    /// <summary>Chooses.</summary>
    /// <param name="hits">The hits, best first.</param>
    /// <param name="documents">The documents whose passages around the hits may be shown.</param>
    /// <param name="room">How many hits, and how much in all, are sent.</param>
    /// <param name="words">The labels of passages.</param>
    /// <returns>The sections in the order of their best hits; none if nothing fits.</returns>
    public static IReadOnlyList<ShownSection> Choose(
        IReadOnlyList<PassageHit> hits,
        IReadOnlyDictionary<(CollectionId, DocumentId), DocumentPassages> documents,
        PromptRoom room,
        AnswerWords words)
    {
        var choice = new SectionChoice(words, room);
        var chosen = hits.Take(room.PassageCountMax)
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

    // A passage of which a part is shown stands alone: what is around it would leave a gap unseen.
    private bool Add(PassageHit hit, DocumentPassages? document)
    {
        var index = _sections.FindIndex(section => section.Takes(hit));
        var isWhole = index < 0
            ? Put(index, new ShownSection(hit, document))
            : Put(index, _sections[index].With(hit));
        if (!isWhole && _room.TakesParts
            && PassagePart.Choose(hit, part => Fits(-1, CostOf(new ShownSection(part, document: null)))) is { } part)
        {
            Put(-1, new ShownSection(part, document: null));
            _parts.Add((hit.Collection, hit.Document.Id, hit.Passage.Ordinal));
        }

        return isWhole;
    }

    // Only next to a passage that is shown: where one did not fit, those behind it are left out too.
    private void Widen(PassageHit hit, int distance, int step)
    {
        var index = _sections.FindIndex(section => section.Takes(hit));
        var ordinal = hit.Passage.Ordinal + (distance * step);
        if (index >= 0 && _sections[index] is var section && section.Shows(ordinal - step) && !section.Shows(ordinal)
            && !_parts.Contains((hit.Collection, hit.Document.Id, ordinal))
            && section.Find(hit, distance * step) is { } passage)
        {
            Put(index, section.With(passage));
        }
    }

    private bool Put(int index, ShownSection section)
    {
        var cost = CostOf(section);
        if (!Fits(index, cost))
        {
            return false;
        }

        _rest -= cost;
        if (index < 0)
        {
            _sections.Add(section);
            _costs.Add(cost);
        }
        else
        {
            _rest += _costs[index];
            (_sections[index], _costs[index]) = (section, cost);
        }

        return true;
    }

    // A section that grows gives back what it took.
    private bool Fits(int index, Cost cost) =>
        (index < 0 ? _rest : _rest + _costs[index]) - cost is { Bytes: >= 0, Tokens: >= 0 };

    private Cost CostOf(ShownSection section)
    {
        var text = section.Describe(_words);
        return new Cost(Encoding.UTF8.GetByteCount(text), _room.CountTokens(text));
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Cost(int Bytes, int Tokens)
    {
        public static Cost operator +(Cost one, Cost other) =>
            new(one.Bytes + other.Bytes, one.Tokens + other.Tokens);

        public static Cost operator -(Cost one, Cost other) =>
            new(one.Bytes - other.Bytes, one.Tokens - other.Tokens);
    }
}
