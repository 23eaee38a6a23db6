using CsCheck;
using Terroir.Catalog;
using Terroir.Retrieval;
using Terroir.Retrieval.Meaning;
using Terroir.Retrieval.Segments;

namespace Terroir.Tests.Retrieval.Meaning;

public sealed class DocumentVectorsTests
{
    private static readonly string[] Words = ["parking", "tarif", "dossier", "sang", "garde", "repas", "badge"];

    private static readonly Gen<string[]> Texts =
        Gen.Int[0, 6].Select(pick => Words[pick]).Array[1, 12].Select(words => string.Join(' ', words)).Array[2, 8];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // So that neither a merge nor a document that the asker may not read moves a score.
    [Fact]
    public void The_other_documents_of_a_segment_change_no_bit_of_a_vector() =>
        Texts.Sample(
            texts =>
            {
                var basis = LatentLearning.Learn([.. texts.Select(Counts)], Stop);
                var query = basis.Fold([.. basis.Terms.Take(2).Select(term => new QueryTerm(term, 1))]);
                if (query is null)
                {
                    return;
                }

                var together = DocumentVectors.Fold(Index(texts), basis, Stop);
                foreach (var (number, text) in texts.Index())
                {
                    var alone = DocumentVectors.Fold(Index([text]), basis, Stop);

                    Assert.Equal(alone.Likeness(0, query), together.Likeness(number, query));
                }
            },
            iter: 40);

    [Fact]
    public void In_a_large_segment_a_document_has_the_vector_that_it_has_alone()
    {
        const int Count = 8_192 + 300;
        string[] texts =
        [
            .. Enumerable.Range(0, Count).Select(number => string.Join(' ', Words.Where((_, word) =>
                ((number >> word) & 1) == 1 || number % 97 == word))),
        ];
        var basis = LatentLearning.Learn([.. texts.Take(128).Select(Counts)], Stop);
        var together = DocumentVectors.Fold(Index(texts), basis, Stop);

        Assert.Equal(Count, together.Count);
        foreach (var number in new[] { 1, 127, 128, 5_000, 8_190, 8_191, 8_192, 8_193, Count - 1 })
        {
            var alone = DocumentVectors.Fold(Index([texts[number]]), basis, Stop);

            Assert.True(alone.Of(0).ContainsAnyExcept(0f));
            Assert.Equal(alone.Of(0), together.Of(number));
        }
    }

    [Fact]
    public void A_document_is_more_like_its_own_words_than_another()
    {
        string[] kinds = ["parking tarif", "parking tarif badge", "repas sang garde", "repas sang dossier"];
        string[] texts = [.. kinds, .. kinds, .. kinds, .. kinds];
        var basis = LatentLearning.Learn([.. texts.Select(Counts)], Stop);
        var vectors = DocumentVectors.Fold(Index(texts), basis, Stop);
        var query = basis.Fold([new QueryTerm("fr:parking", 1), new QueryTerm("fr:tarif", 1)])!;

        Assert.True(vectors.Likeness(0, query) > 0.9);
        Assert.True(vectors.Likeness(2, query) < 0.2);
    }

    private static IReadOnlyDictionary<string, int> Counts(string text)
    {
        var reader = Index([text]);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        Span<int> room = stackalloc int[DocumentCounts.RoomCount];
        for (var term = 0; term < reader.TermCount; term++)
        {
            var documents = new DocumentCounts(reader, term, room);
            while (documents.MoveNext())
            {
                counts[System.Text.Encoding.UTF8.GetString(reader.Name(term))] = documents.Count;
            }
        }

        return counts;
    }

    private static SegmentReader Index(string[] texts)
    {
        var documents = texts.Select((text, number) => TestDocuments.Prepare($"{number}", text, title: "titre"));
        SegmentDocument[] prepared = [.. documents.Select(TestDocuments.ForSegment)];
        return new SegmentReader(new PostingSegmentBuilder().Build(prepared, CancellationToken.None).Content);
    }
}
