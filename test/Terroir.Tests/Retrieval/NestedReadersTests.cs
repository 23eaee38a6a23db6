using System.Globalization;
using System.Text;
using CsCheck;
using Terroir.Access;
using Terroir.Catalog;
using Terroir.Retrieval;

namespace Terroir.Tests.Retrieval;

/// <summary>What an asker may not read changes nothing, whatever groups and denials decide it: the ranking over all
/// documents is, to the bit, that over those that may be read.</summary>
/// <remarks>A hundred worlds of twenty queries and four askers; <c>eng/long/50-readers.sh</c> takes more, by
/// CsCheck_Iter. A failing world is made small.</remarks>
public sealed class NestedReadersTests
{
    [Fact]
    public void Unreadable_documents_change_nothing_whoever_asks() =>
        Gen.Select(ReaderWorlds.World, ReaderWorlds.Queries, Gen.Int[1, 6]).Sample(
            (world, queries, cut) =>
            {
                var documents = world
                    .Select((item, number) => TestDocuments.Prepare($"{number}", item.Text, item.Access))
                    .ToArray();
                var whole = Index(documents, cut);
                foreach (var asker in ReaderWorlds.Askers)
                {
                    var readable = documents.Where(item => ReaderWorlds.MayRead(asker.User, item.Access)).ToArray();
                    var alone = Index(readable, documents.Length);
                    foreach (var query in queries)
                    {
                        Assert.Equal(Rank(alone, query, asker), Rank(whole, query, asker));
                    }
                }
            });

    // The law says nothing about worlds in which everybody reads the same.
    [Fact]
    public void The_askers_are_in_none_few_and_five_thousand_groups()
    {
        Assert.Equal([2, 11, 16, 5_002], ReaderWorlds.Askers.Select(asker => asker.Principals.Count));
        Assert.True(ReaderWorlds.MayRead("leaf", new AccessList(["group:555"], [])));
        Assert.False(ReaderWorlds.MayRead("none", new AccessList(["group:555"], [])));
        Assert.False(ReaderWorlds.MayRead("all", new AccessList([AccessList.Everyone], ["group:4999"])));
    }

    private static SnapshotSegment[] Index(PreparedDocument[] documents, int cut) =>
        [.. documents.Chunk(Math.Max(1, cut)).Select(TestDocuments.Index)];

    private static string Rank(SnapshotSegment[] index, string query, Asker asker)
    {
        var request = new SearchRequest { Query = query, Asker = asker, Count = 5 };
        var segments = index.Select(item => new ReadableSegment(TestSite.Collection, item, request)).ToArray();
        using var scoring = new Scoring(segments, SearchQuery.Of(query).Terms, CancellationToken.None);
        var lines = new StringBuilder();
        foreach (var item in new Ranking(segments, scoring, request).List(new HashSet<(CollectionId, DocumentId)>()))
        {
            lines.Append(
                CultureInfo.InvariantCulture,
                $"{item.Document.Id}/{item.Ordinal} {BitConverter.DoubleToInt64Bits(item.Score)}")
                .Append(string.Join(' ', item.Group.Kin.Select(kin => $" {kin.Document.Id} {kin.Relation}")))
                .Append('\n');
        }

        foreach (var ranked in scoring.Best(9))
        {
            lines.Append(CultureInfo.InvariantCulture, $"{ranked.Id} {BitConverter.DoubleToInt64Bits(ranked.Score)}\n");
        }

        return lines.ToString();
    }
}
