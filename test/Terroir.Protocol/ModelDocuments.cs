using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Terroir.Catalog;
using Terroir.Documents;

namespace Terroir.Protocol;

/// <summary>Few documents with few texts, so that the same bytes come, go and come again, in both collections.
/// </summary>
internal static class ModelDocuments
{
    private const int DocumentCount = 3;
    private const int TextCount = 3;
    private const int ReaderCount = 2;

    private static readonly byte[][] Texts =
        [.. Enumerable.Range(0, TextCount).Select(n => Encoding.ASCII.GetBytes(Text(n)))];

    private static readonly Dictionary<ContentHash, byte[]> TextsByHash =
        Texts.ToDictionary(text => ContentHash.Of(text));

    public static IReadOnlyList<CollectionId> Collections { get; } = [new("a"), new("b")];

    /// <summary>The bytes that a version has.</summary>
    public static byte[] BytesOf(ContentHash version) => TextsByHash[version];

    /// <summary>Draws a change of one to three documents.</summary>
    /// <returns>The change, and how a person would tell it.</returns>
    public static (CatalogChange Change, string Told) Draw(Choices choices, CollectionId collection)
    {
        var added = new List<PreparedDocument>();
        var stamped = new List<DocumentStamp>();
        var removed = new List<DocumentId>();
        var told = new StringBuilder();
        for (var count = choices.Next(DocumentCount) + 1; count > 0; count--)
        {
            var number = choices.Next(DocumentCount);
            var id = DocumentId.For(collection, Text(number));
            var reader = $"user:{choices.Next(ReaderCount)}";
            switch (choices.Pick((6, 0), (2, 1), (2, 2)))
            {
                case 0:
                    var text = choices.Next(TextCount);
                    added.Add(Prepare(id, number, text, reader));
                    told.Append(CultureInfo.InvariantCulture, $" +{number}={text}/{reader}");
                    break;
                case 1:
                    removed.Add(id);
                    told.Append(CultureInfo.InvariantCulture, $" -{number}");
                    break;
                default:
                    stamped.Add(new DocumentStamp(id, new AccessList([reader], []), ""));
                    told.Append(CultureInfo.InvariantCulture, $" ~{number}/{reader}");
                    break;
            }
        }

        return (new CatalogChange { Added = added, Stamped = stamped, Removed = removed }, told.ToString());
    }

    /// <summary>What a change makes of what was there: documents, then stamps of others, then removals.</summary>
    public static ImmutableDictionary<DocumentId, Visible> Apply(
        CatalogChange change,
        ImmutableDictionary<DocumentId, Visible> before)
    {
        var after = before;
        foreach (var document in change.Added)
        {
            after = after.SetItem(
                document.Id,
                new Visible(ContentHash.Of(document.Original.Span), document.Access.Allow[0]));
        }

        var added = change.Added.Select(document => document.Id).ToHashSet();
        foreach (var stamp in change.Stamped.Where(stamp => !added.Contains(stamp.Document)))
        {
            if (after.TryGetValue(stamp.Document, out var stamped))
            {
                after = after.SetItem(stamp.Document, stamped with { Access = stamp.Access.Allow[0] });
            }
        }

        return after.RemoveRange(change.Removed);
    }

    private static string Text(int number) => string.Create(CultureInfo.InvariantCulture, $"texte {number}");

    private static PreparedDocument Prepare(DocumentId id, int number, int text, string reader) => new()
    {
        Id = id,
        Source = "model",
        Path = Text(number),
        Title = "Protocole",
        MediaType = "text/plain",
        Access = new AccessList([reader], []),
        Original = Texts[text],
        Text = Texts[text],
        Passages =
        [
            new Passage
            {
                Ordinal = 0,
                Start = 0,
                End = Texts[text].Length,
                Places = [new PlacedSpan(0, Texts[text].Length, SourcePlace.Whole)],
            },
        ],
    };
}
