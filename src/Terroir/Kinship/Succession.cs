using Terroir.Storage;

namespace Terroir.Kinship;

/// <summary>Tells which of some documents are versions of one another, and which is the newest.</summary>
/// <remarks>It knows only the documents that it is given: what an asker may read, or what an operator looks at. Two
/// documents are versions of one when both have a version's number and otherwise the same name in the same folder, or
/// the same title; or when they have the same name anywhere in the source and much of the text. Names with other dates
/// need nearly all of the text: they can be a series, such as the minutes of two meetings. A document is also newer
/// than one of its collection that it says it replaces, or that says it is replaced by it.</remarks>
internal sealed class Succession
{
    /// <summary>Documents of one name without a version's number are versions of one another from this likeness.
    /// </summary>
    internal const double LikenessMin = 0.5;

    private readonly Dictionary<(CollectionId, DocumentId), Place> _places = [];
    private readonly ILookup<string, Place> _families;
    private readonly ILookup<Place, Place> _replacements;
    private readonly DateOnly? _today;

    /// <summary>Compares documents.</summary>
    /// <param name="documents">The documents.</param>
    /// <param name="today">The day on which they should hold, or <see langword="null"/>.</param>
    public Succession(
        IEnumerable<(CollectionId Collection, DocumentVersion Document)> documents,
        DateOnly? today = null)
    {
        _today = today;
        foreach (var (collection, document) in documents)
        {
            _places.TryAdd((collection, document.Id), new Place(collection, document, VersionName.Of(document)));
        }

        _families = _places.Values.ToLookup(place => place.Family, StringComparer.Ordinal);
        _replacements = _places.Values
            .Where(place => place.Document.Replaces is not null || place.Document.ReplacedBy is not null)
            .SelectMany(place => _places.Values
                .Where(other => Replaces(place, other) || Replaces(other, place))
                .Select(other => (place, other)))
            .SelectMany(pair => ((Place, Place)[])[pair, (pair.other, pair.place)])
            .ToLookup(pair => pair.Item1, pair => pair.Item2);
    }

    /// <summary>Whether one of the documents should answer instead of this.</summary>
    public bool IsOld(CollectionId collection, DocumentId document) =>
        _places.TryGetValue((collection, document), out var place)
        && RelativesOf(place).Any(other => GoesBefore(other, place));

    /// <summary>Whether one document should answer instead of another: it is a newer version, and holds today if the
    /// other does; or an older one that holds, where the other does not.</summary>
    public bool GoesBefore((CollectionId, DocumentId) one, (CollectionId, DocumentId) other) =>
        _places.TryGetValue(one, out var first) && _places.TryGetValue(other, out var second)
        && GoesBefore(first, second);

    /// <summary>Whether one document is a newer version of another.</summary>
    public bool IsNewer((CollectionId, DocumentId) one, (CollectionId, DocumentId) other) =>
        _places.TryGetValue(one, out var first) && _places.TryGetValue(other, out var second)
        && IsNewer(first, second);

    /// <summary>The other versions of a document, the newest first.</summary>
    public IEnumerable<KinDocument> VersionsOf(CollectionId collection, DocumentId document) =>
        _places.TryGetValue((collection, document), out var place)
            ? RelativesOf(place)
                .Select(other => (
                    Other: other,
                    IsOlder: IsNewer(place, other),
                    IsNewer: IsNewer(other, place)))
                .Where(item => item.IsOlder || item.IsNewer)
                .OrderByDescending(item => item.Other.Name.Number)
                .ThenByDescending(item => item.Other.Name.Date)
                .ThenByDescending(item => item.Other.Document.ModifiedAt)
                .ThenBy(item => item.Other.Document.Id)
                .Select(item => new KinDocument(
                    item.Other.Collection,
                    item.Other.Document,
                    item.IsOlder ? KinRelation.Older : KinRelation.Newer))
            : [];

    /// <summary>Whether one document is a newer version of another of the same collection.</summary>
    public static bool IsNewer(DocumentVersion one, DocumentVersion other) => IsNewer(
        new Place(default, one, VersionName.Of(one)),
        new Place(default, other, VersionName.Of(other)));

    private bool GoesBefore(Place one, Place other)
    {
        var isOut = DocumentDays.IsOut(one.Document, _today);
        var isOtherOut = DocumentDays.IsOut(other.Document, _today);
        return isOut == isOtherOut ? IsNewer(one, other) : isOtherOut && (IsNewer(one, other) || IsNewer(other, one));
    }

    private IEnumerable<Place> RelativesOf(Place place) =>
        _families[place.Family].Concat(_replacements[place]).Distinct();

    private static bool Replaces(Place one, Place other) =>
        one.Collection == other.Collection && DocumentNames.Replaces(one.Document, other.Document);

    private static bool IsNewer(Place one, Place other)
    {
        if (Replaces(one, other))
        {
            return true;
        }

        if (Replaces(other, one)
            || !string.Equals(one.Family, other.Family, StringComparison.Ordinal)
            || Likeness.AreSame(one.Document.Fingerprint, other.Document.Fingerprint))
        {
            return false;
        }

        if (one.Name.HasNumber && other.Name.HasNumber
            && string.Equals(one.Name.Folder, other.Name.Folder, StringComparison.Ordinal))
        {
            return one.Name.Number.CompareTo(other.Name.Number) > 0;
        }

        var least = one.Name.Date == other.Name.Date ? LikenessMin : Likeness.NearMin;
        return Likeness.Of(one.Document.Fingerprint, other.Document.Fingerprint) >= least && Compare(one, other) > 0;
    }

    private static int Compare(Place one, Place other)
    {
        var byNumber = one.Name.HasNumber && other.Name.HasNumber ? one.Name.Number.CompareTo(other.Name.Number) : 0;
        if (byNumber != 0)
        {
            return byNumber;
        }

        var byDate = one.Name.Date > 0 && other.Name.Date > 0 ? one.Name.Date.CompareTo(other.Name.Date) : 0;
        if (byDate != 0)
        {
            return byDate;
        }

        var byState = one.Name.State.CompareTo(other.Name.State);
        return byState != 0 ? byState : one.Document.ModifiedAt.CompareTo(other.Document.ModifiedAt);
    }

    private sealed class Place(CollectionId collection, DocumentVersion document, VersionName name)
    {
        public CollectionId Collection => collection;

        public DocumentVersion Document => document;

        public VersionName Name => name;

        public string Family { get; } = $"{collection.Value}\n{document.Source}\n{name.Name}";
    }
}
