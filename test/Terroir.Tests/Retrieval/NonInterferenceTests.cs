using System.Text;
using CsCheck;
using Terroir.Access;
using Terroir.Catalog;
using Terroir.Documents;
using Terroir.Retrieval;
using Terroir.Retrieval.Segments;
using Terroir.Storage;

namespace Terroir.Tests.Retrieval;

/// <summary>What an asker may not read changes nothing that they see: order and scores, to the bit.</summary>
public sealed class NonInterferenceTests
{
    private static readonly string[] Words = ["parking", "tarif", "dossier", "sang", "garde", "repas", "badge"];

    private static readonly Gen<(string Text, bool IsSecret)[]> World =
        Gen.Select(
            Gen.Int[0, 6].Select(pick => Words[pick]).Array[1, 12].Select(words => string.Join(' ', words)),
            Gen.Bool).Array[1, 12];

    [Fact]
    public void Unreadable_documents_change_no_score_and_no_order() =>
        World.Sample(
            world => Assert.Equal(
                Search(world, cut: 3),
                Search([.. world.Select((item, n) => (item, n)).Where(p => !p.item.IsSecret).Select(p =>
                    p.item)], 3, Ids(world))),
            iter: 300);

    [Fact]
    public void The_cut_into_segments_changes_no_score() =>
        World.Sample(world => Assert.Equal(Search(world, cut: 1), Search(world, cut: 12)), iter: 300);

    private static int[] Ids((string Text, bool IsSecret)[] world) =>
        [.. Enumerable.Range(0, world.Length).Where(n => !world[n].IsSecret)];

    private static string Search((string Text, bool IsSecret)[] world, int cut, int[]? ids = null)
    {
        var asker = new Asker("anyone", []);
        var collection = new CollectionId("c");
        var request = new SearchRequest { Query = "parking tarif sang", Asker = asker };
        var segments = world.Select((item, n) => Make(item, ids?[n] ?? n)).Chunk(cut)
            .Select(part =>
            {
                var built = new PostingSegmentBuilder().Build(
                    [.. part.Select(item => item.Segment)],
                    CancellationToken.None);
                var snapshot = new SnapshotSegment(
                    ContentHash.Of(built.Content.Span),
                    new SegmentReader(built.Content),
                    [.. part.Select(item => item.Version)]);
                return new ReadableSegment(collection, snapshot, request);
            })
            .ToArray();
        var scoring = new Scoring(
            segments,
            [("fr:parking", 1), ("fr:sang", 1), ("fr:tarif", 1)],
            CancellationToken.None);
        var lines = scoring.Documents().Select(item =>
            $"{segments[item.Segment].Documents[item.Document]!.Id} {BitConverter.DoubleToInt64Bits(item.Score)}");
        return string.Join('\n', lines);
    }

    private static (SegmentDocument Segment, DocumentVersion Version) Make((string Text, bool IsSecret) item, int n)
    {
        var id = DocumentId.For(new CollectionId("c"), $"{n}");
        var text = Encoding.UTF8.GetBytes(item.Text);
        var hash = ContentHash.Of(text);
        var blob = new BlobRef(hash, 0, text.Length, hash);
        var passage = new Passage
        {
            Ordinal = 0,
            Start = 0,
            End = text.Length,
            Language = "fr",
            Places = [new PlacedSpan(0, text.Length, SourcePlace.Whole)],
        };
        return (
            new SegmentDocument(id, hash, "", text, [passage]),
            new DocumentVersion
            {
                Id = id,
                Source = "s",
                Path = $"{n}",
                Version = hash,
                Title = "t",
                MediaType = "text/plain",
                Access = item.IsSecret ? AccessList.Nobody : new AccessList([AccessList.Everyone], []),
                Original = blob,
                Text = blob,
                Passages = blob,
            });
    }
}
