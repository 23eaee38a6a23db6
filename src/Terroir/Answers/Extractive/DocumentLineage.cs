using System.Globalization;
using System.Text.RegularExpressions;
using Terroir.Retrieval;
using Terroir.Storage;

namespace Terroir.Answers.Extractive;

/// <summary>Tells which documents are versions of one another by their names: <c>archivage-v2.docx</c> and
/// <c>archivage-v3.docx</c>, or titles that end in "version 2" and "version 3".</summary>
/// <remarks>Looks only at the passages that were found for the asker.</remarks>
internal sealed partial class DocumentLineage
{
    private readonly Dictionary<DocumentId, (string Key, (int, int) Number)> _places = [];
    private readonly Dictionary<string, (int, int)> _newest = new(StringComparer.Ordinal);

    public DocumentLineage(IEnumerable<PassageHit> hits)
    {
        foreach (var hit in hits)
        {
            if (Read(hit.Document) is not { } place)
            {
                continue;
            }

            var key = $"{hit.Collection.Value}\n{hit.Document.Source}\n{place.Name}";
            _places[hit.Document.Id] = (key, place.Number);
            if (!_newest.TryGetValue(key, out var newest) || newest.CompareTo(place.Number) < 0)
            {
                _newest[key] = place.Number;
            }
        }
    }

    /// <summary>Whether a newer version of a document was found too.</summary>
    public bool IsOld(DocumentId document) =>
        _places.TryGetValue(document, out var place) && _newest[place.Key].CompareTo(place.Number) > 0;

    /// <summary>Whether one document is a newer version of another.</summary>
    public bool IsNewer(DocumentId one, DocumentId other) =>
        _places.TryGetValue(one, out var first) && _places.TryGetValue(other, out var second)
        && string.Equals(first.Key, second.Key, StringComparison.Ordinal) && first.Number.CompareTo(second.Number) > 0;

    private static (string Name, (int, int) Number)? Read(DocumentVersion document)
    {
        var dot = document.Path.LastIndexOf('.');
        var path = dot > document.Path.LastIndexOf('/') ? document.Path[..dot] : document.Path;
        var match = AtEnd().Match(path);
        if (!match.Success)
        {
            match = InTitle().Match(document.Title);
        }

        return match.Success
            ? (match.Groups["name"].Value.TrimEnd(' ', ',', '-', '_', '.', '(').ToLowerInvariant(),
                (Parse(match.Groups["major"]), Parse(match.Groups["minor"])))
            : null;
    }

    private static int Parse(Group digits) =>
        digits.Success ? int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture) : 0;

    private const string Mark =
        @"(?<!\p{L})(?:v|version|rév|rev|révision|revision)[-_. ]?(?<major>\d{1,4})(?:[._](?<minor>\d{1,4}))?";

    [GeneratedRegex(@"^(?<name>.+)" + Mark + @"\)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex AtEnd();

    [GeneratedRegex(@"^(?<name>.+)" + Mark + @"\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex InTitle();
}
