using System.Text;
using CsCheck;
using Terroir.Catalog;
using Terroir.Retrieval;

namespace Terroir.Tests.Retrieval;

/// <summary>Any text is answered or refused.</summary>
public sealed class QueryFuzzTests
{
    private static readonly string[] Pieces =
    [
        "parking", "l'", "’", "\uD800", "\uDC00", "\0", "\uFEFF", "e\u0301", "\u202E", "𝔘", "中文", "fr:",
        "\"", "((", "*",
        " ", "\n", "&", "été", "1234567890", "\uFFFE", "\uFFFF", "👩‍👩‍👧", "ﬁ", "İ",
        "ß", "-", "AND", "' or 1=1 --", "%00", "<b>",
    ];

    private static readonly Gen<string> Piece = Gen.Int[0, Pieces.Length - 1].Select(pick => Pieces[pick]);

    private static readonly Gen<string> Query = Gen.OneOf(
        Gen.String,
        Gen.Char.Array[0, 200].Select(letters => new string(letters)),
        Piece.Array[0, 40].Select(string.Concat),
        Gen.Byte.Array[0, 300].Select(Encoding.UTF8.GetString),
        Gen.Select(Piece, Gen.Int[0, 5_000], (piece, count) =>
            string.Concat(Enumerable.Repeat(piece, count))));

    [Fact]
    public async Task Any_query_is_answered_or_refused()
    {
        await using var site = new TestSite();
        var stop = TestContext.Current.CancellationToken;
        await site.Catalog.CreateCollectionAsync(TestSite.Collection, stop);
        await using var writer = await site.Catalog.OpenWriterAsync(TestSite.Collection, stop);
        await writer.CommitAsync(
            new CatalogChange { Added = [TestDocuments.Prepare("a", "le parking d'été 👩‍👩‍👧 中文")] },
            stop);

        await Query.SampleAsync(async query =>
        {
            try
            {
                var result = await site.Retriever.SearchAsync(
                    new SearchRequest { Query = query, Asker = TestSite.Everyone },
                    stop);
                Assert.InRange(result.Hits.Count, 0, 1);
            }
            catch (QueryTooLongException)
            {
                // The limits of docs/features/retrieval.md.
                Assert.True(query.Length > SearchRequest.TermCountMax);
            }
        });
    }

    [Fact]
    public async Task A_query_of_broken_characters_finds_what_its_whole_words_say()
    {
        await using var site = new TestSite();
        var stop = TestContext.Current.CancellationToken;
        await site.Catalog.CreateCollectionAsync(TestSite.Collection, stop);
        await using var writer = await site.Catalog.OpenWriterAsync(TestSite.Collection, stop);
        await writer.CommitAsync(new CatalogChange { Added = [TestDocuments.Prepare("a", "le parking")] }, stop);

        Assert.Single(await site.SearchAsync("\uD800 parking \uDC00"));
    }
}
