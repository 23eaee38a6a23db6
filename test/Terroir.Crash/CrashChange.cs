using System.Globalization;
using System.Text;
using Terroir.Catalog;
using Terroir.Documents;

namespace Terroir.Crash;

/// <summary>A change as it is printed: documents by number, each with the hash of its bytes and its reader.</summary>
/// <param name="Documents">What each document becomes; <see langword="null"/> when it goes.</param>
internal sealed record CrashChange(IReadOnlyDictionary<int, CrashVersion?> Documents)
{
    private const int PoolSize = 12;
    private const int LargeOneIn = 40;

    /// <summary>Draws a change from few documents, so that versions replace one another.</summary>
    public static (CrashChange Change, CatalogChange Commit) Draw(
        Random random,
        CollectionId collection,
        IReadOnlyDictionary<int, CrashVersion> live)
    {
        var documents = new SortedDictionary<int, CrashVersion?>();
        var added = new List<PreparedDocument>();
        var stamped = new List<DocumentStamp>();
        var removed = new List<DocumentId>();
        for (var count = random.Next(1, 5); count > 0; count--)
        {
            var number = random.Next(PoolSize);
            if (documents.ContainsKey(number))
            {
                continue;
            }

            var reader = $"user:{random.Next(3)}";
            var kind = random.Next(10);
            if (kind == 0 && live.ContainsKey(number))
            {
                removed.Add(IdOf(collection, number));
                documents[number] = null;
            }
            else if (kind <= 2 && live.TryGetValue(number, out var version))
            {
                stamped.Add(new DocumentStamp(IdOf(collection, number), new AccessList([reader], []), ""));
                documents[number] = version with { Reader = reader };
            }
            else
            {
                var text = Text(random, number);
                added.Add(Prepare(collection, number, text, reader));
                documents[number] = new CrashVersion(ContentHash.Of(text), reader);
            }
        }

        return (
            new CrashChange(documents),
            new CatalogChange { Added = added, Stamped = stamped, Removed = removed });
    }

    public static DocumentId IdOf(CollectionId collection, int number) =>
        DocumentId.For(collection, $"crash:{number}");

    public static CrashChange Parse(IEnumerable<string> words) => new(words
        .Select(word => word.Split('=', '/'))
        .ToDictionary(
            parts => int.Parse(parts[0], CultureInfo.InvariantCulture),
            parts => parts is [_, var hash, var reader] ? new CrashVersion(ContentHash.Parse(hash), reader) : null));

    public void ApplyTo(IDictionary<int, CrashVersion> live)
    {
        foreach (var (number, version) in Documents)
        {
            if (version is null)
            {
                live.Remove(number);
            }
            else
            {
                live[number] = version;
            }
        }
    }

    public override string ToString() => string.Join(' ', Documents.Select(item => string.Create(
        CultureInfo.InvariantCulture,
        $"{item.Key}={(item.Value is { } version ? $"{version.Hash}/{version.Reader}" : "-")}")));

    private static byte[] Text(Random random, int number)
    {
        var sentence = string.Create(
            CultureInfo.InvariantCulture,
            $"Protocole {number}, révision {random.Next(6)} : vérifier l'identité du patient. ");
        var isLarge = random.Next(LargeOneIn) == 0;
        return Encoding.UTF8.GetBytes(isLarge ? string.Concat(Enumerable.Repeat(sentence, 16_000)) : sentence);
    }

    private static PreparedDocument Prepare(CollectionId collection, int number, byte[] text, string reader) => new()
    {
        Id = IdOf(collection, number),
        Source = "crash",
        Path = number.ToString(CultureInfo.InvariantCulture),
        Title = "Protocole",
        MediaType = "text/plain",
        Language = "fr",
        Access = new AccessList([reader], []),
        Original = text,
        Text = text,
        Passages =
        [
            new Passage
            {
                Ordinal = 0,
                Start = 0,
                End = Math.Min(text.Length, 60),
                Language = "fr",
                Places = [new PlacedSpan(0, text.Length, SourcePlace.Whole)],
            },
        ],
    };
}

/// <summary>What is remembered of a document.</summary>
/// <param name="Hash">The hash of its bytes.</param>
/// <param name="Reader">The one principal that may read it.</param>
internal sealed record CrashVersion(ContentHash Hash, string Reader);
