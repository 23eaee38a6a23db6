using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using CsCheck;
using Terroir.Access;
using Terroir.Catalog;
using Terroir.Retrieval;
using Terroir.Retrieval.Encoders;
using Terroir.Retrieval.Fusion;

namespace Terroir.Tests.Retrieval.Encoders;

/// <summary>With an encoder in force too, what an asker may not read changes nothing: the ranking over all documents,
/// in several blocks with vectors of documents that are gone and without those of some that are there, is to the bit
/// that over the readable documents in one block.</summary>
/// <remarks>A hundred worlds of twenty queries and four askers, as in <see cref="NestedReadersTests"/>.</remarks>
public sealed class EncoderNonInterferenceTests
{
    private static readonly LetterEncoder Encoder = new("one");

    [Fact]
    public void Unreadable_documents_change_nothing_whoever_asks() =>
        Gen.Select(ReaderWorlds.World, ReaderWorlds.Queries, Gen.Int[1, 6], Gen.Int[1, 5], Gen.Int[0, 3]).Sample(
            (world, queries, cut, blockSize, gap) =>
            {
                var documents = world
                    .Select((item, number) => new Embedded(
                        TestDocuments.Prepare($"{number}", item.Text, item.Access),
                        gap == 0 || number % (gap + 1) != 0))
                    .ToArray();
                var whole = Index(documents, cut, blockSize, hasDead: true);
                foreach (var asker in ReaderWorlds.Askers)
                {
                    Embedded[] readable =
                        [.. documents.Where(item => ReaderWorlds.MayRead(asker.User, item.Document.Access))];
                    var alone = Index(readable, documents.Length, documents.Length, hasDead: false);
                    foreach (var query in queries)
                    {
                        Assert.Equal(Rank(alone, query, asker), Rank(whole, query, asker));
                    }
                }
            });

    // The law says nothing about worlds in which no document joins.
    [Fact]
    public void Documents_join_by_meaning_alone()
    {
        var documents = new[] { "parking", "sang" }
            .Select(text => new Embedded(TestDocuments.Prepare(text, text), HasVectors: true)).ToArray();
        var asker = ReaderWorlds.Askers[0];

        Assert.Equal(
            documents[0].Document.Id.Value,
            Rank(Index(documents, 1, 1, hasDead: true), "parkings reparking", asker).Split('/')[0]);
    }

    private static World Index(Embedded[] documents, int cut, int blockSize, bool hasDead)
    {
        SnapshotSegment[] segments =
        [
            .. documents.Select(item => item.Document).Chunk(Math.Max(1, cut)).Select(TestDocuments.Index),
        ];
        var places = new DocumentPlaces(segments);
        var blocks = new List<LiveBlock>();
        foreach (var (number, chunk) in documents.Where(item => item.HasVectors).Chunk(Math.Max(1, blockSize)).Index())
        {
            var builder = new PassageVectorBuilder(Encoder.Name, 32, isInForce: number == 0);
            foreach (var (document, _) in chunk)
            {
                Add(builder, document, TestDocuments.Describe(document).Id.Value, isDead: false);
                if (hasDead)
                {
                    // An earlier version, and a document that is gone.
                    Add(builder, document, TestDocuments.Describe(document).Id.Value, isDead: true);
                    Add(builder, document, new string('f', 31) + $"{number % 10}", isDead: false);
                }
            }

            var built = builder.Build(TestContext.Current.CancellationToken)!;
            var file = PassageVectorFile.Read(built.Content, "test");
            blocks.Add(new LiveBlock(ContentHash.Of(built.Content.Span), file, file.OpenBlock(), places.Of(file)));
        }

        return new World(segments, new CollectionVectors(Encoder.Name, blocks));
    }

    private static void Add(PassageVectorBuilder builder, PreparedDocument document, string id, bool isDead)
    {
        var text = Encoding.UTF8.GetString(document.Text.Span).Split('\n');
        var content = EmbeddedText.KeyOf(TestDocuments.Describe(document));
        builder.Add(
            UInt128.Parse(id, NumberStyles.HexNumber, CultureInfo.InvariantCulture),
            isDead ? content + 1 : content,
            [.. text.Select(passage => Encoder.Embed(isDead ? $"{passage} parking" : passage))]);
    }

    private static string Rank(World world, string query, Asker asker)
    {
        var request = new SearchRequest { Query = query, Asker = asker, Count = 5 };
        ReadableSegment[] segments =
            [.. world.Segments.Select(item => new ReadableSegment(TestSite.Collection, item, request))];
        using var scoring = new Scoring(segments, SearchQuery.Of(query).Terms, CancellationToken.None);
        WeighedVectors[] vectors =
        [
            new(world.Vectors, Encoder.Opened, 0.4, 0, [.. segments.Select(segment => segment.Selected)]),
        ];
        var applying = EncoderLeg.ApplyAsync(scoring, query, scoring.FindBest(), true, vectors, CancellationToken.None);
        Assert.True(applying.IsCompletedSuccessfully);
#pragma warning disable VSTHRD002 // It has completed.
        var ranking = new Ranking(segments, scoring, request, encoded: applying.Result);
#pragma warning restore VSTHRD002
        var lines = new StringBuilder();
        foreach (var item in ranking.List(new HashSet<(CollectionId, DocumentId)>()))
        {
            lines.Append(
                CultureInfo.InvariantCulture,
                $"{item.Document.Id}/{item.Ordinal} {BitConverter.DoubleToInt64Bits(item.Score)}\n");
        }

        foreach (var ranked in scoring.Best(9))
        {
            lines.Append(CultureInfo.InvariantCulture, $"{ranked.Id} {BitConverter.DoubleToInt64Bits(ranked.Score)}\n");
        }

        return lines.ToString();
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Embedded(PreparedDocument Document, bool HasVectors);

    private sealed record World(IReadOnlyList<SnapshotSegment> Segments, CollectionVectors Vectors);
}
