using System.Text;
using Terroir.Access;
using Terroir.Catalog;
using Terroir.Retrieval;

namespace Terroir.Tests.Retrieval;

public sealed class BitmapRetrieverTests : IAsyncDisposable
{
    private static readonly Asker Nadia = new("nadia", ["soins"]);

    private readonly TestSite _site = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_collection_in_which_nothing_is_readable_is_not_named()
    {
        await WriteAsync(TestDocuments.Prepare("a", "parking"));
        await WriteAsync(TestDocuments.Prepare("b", "parking", AccessList.Nobody, collection: new("secret")));

        var result = await SearchAsync("parking");

        Assert.Equal([TestSite.Collection], result.Generations.Select(head => head.Collection));
    }

    [Fact]
    public async Task A_collection_named_by_the_asker_is_not_named_back_unless_something_is_readable()
    {
        await WriteAsync(TestDocuments.Prepare("b", "parking", AccessList.Nobody, collection: new("secret")));

        var result = await SearchAsync("parking", request => request with { Collections = [new("secret")] });

        Assert.Empty(result.Generations);
        Assert.Empty(result.Hits);
    }

    [Fact]
    public async Task A_filter_that_takes_nothing_leaves_the_collection_named()
    {
        await WriteAsync(TestDocuments.Prepare("a", "parking"));

        var result = await SearchAsync("parking", request => request with { Labels = ["secret"] });

        Assert.Empty(result.Hits);
        Assert.Single(result.Generations);
    }

    [Fact]
    public async Task Filters_decide_before_scoring()
    {
        var day = DateTimeOffset.UnixEpoch;
        await WriteAsync(
            TestDocuments.Prepare("a", "parking") with { Label = "interne", ModifiedAt = day },
            TestDocuments.Prepare("b", "parking tarif") with { MediaType = "text/html", ModifiedAt = day.AddDays(1) },
            TestDocuments.Prepare("c", "parking sang") with { Label = "public", ModifiedAt = day.AddDays(2) });

        Assert.Equal("a", await PathsAsync(request => request with { Labels = ["interne"] }));
        Assert.Equal("a c", await PathsAsync(request => request with { Labels = ["interne", "public"] }));
        Assert.Equal("b", await PathsAsync(request => request with { MediaTypes = ["text/html"] }));
        Assert.Equal("b c", await PathsAsync(request => request with { ModifiedFrom = day.AddDays(1) }));
        Assert.Equal("a b", await PathsAsync(request => request with { ModifiedBefore = day.AddDays(2) }));
        Assert.Equal("", await PathsAsync(request => request with { Collections = [new("autre")] }));

        async Task<string> PathsAsync(Func<SearchRequest, SearchRequest> change) => string.Join(
            ' ',
            (await SearchAsync("parking", change)).Hits.Select(hit => hit.Document.Path).Order(StringComparer.Ordinal));
    }

    // Its chain knows the word from one document, the other chain from all the rest.
    [Fact]
    public async Task A_lone_document_in_the_other_language_does_not_seem_to_hold_rare_words()
    {
        await WriteAsync(
        [
            TestDocuments.Prepare("en", "parking transport ticket station platform", language: "en"),
            TestDocuments.Prepare("fr", "parking transport gare billet"),
            .. Enumerable.Range(0, 20).Select(number => TestDocuments.Prepare($"{number}", $"parking numéro {number}")),
        ]);

        var hits = (await SearchAsync("parking gare", request => request with { Explains = true, Count = 30 })).Hits;

        Assert.Equal("fr", hits[0].Document.Path);
        var weights = hits.SelectMany(hit => hit.Explanation!.Terms)
            .Where(term => term.Term.EndsWith(":park", StringComparison.Ordinal) || term.Term is "fr:parking")
            .Select(term => (term.DocumentCount, term.Weight))
            .Distinct()
            .ToArray();
        Assert.Equal([1, 21], weights.Select(item => item.DocumentCount).Order());
        Assert.Equal(weights[0].Weight, weights[1].Weight);
    }

    [Fact]
    public async Task What_a_filter_leaves_out_changes_no_score()
    {
        await WriteAsync(
            TestDocuments.Prepare("a", "parking tarif") with { Label = "interne" },
            TestDocuments.Prepare("b", "parking") with { Label = "interne" });
        var filtered = (SearchRequest request) => request with { Labels = ["interne"] };
        var before = await SearchAsync("parking tarif", filtered);

        await WriteAsync(TestDocuments.Prepare("c", "tarif tarif parking sang") with { Label = "public" });
        var after = await SearchAsync("parking tarif", filtered);

        Assert.Equal(before.Hits.Select(hit => hit.Score), after.Hits.Select(hit => hit.Score));
    }

    [Fact]
    public async Task Equal_scores_are_ordered_by_content_and_not_by_arrival()
    {
        var documents = new[] { "sang bleu", "sang rouge", "sang vert", "sang noir" }
            .Select((text, number) => TestDocuments.Prepare($"{number}", text))
            .ToArray();
        foreach (var document in documents)
        {
            await WriteAsync(document);
        }

        var byContent = documents.OrderBy(document => ContentHash.Of(document.Original.Span));
        var hits = (await SearchAsync("sang")).Hits;
        Assert.Equal(byContent.Select(document => document.Id), hits.Select(hit => hit.Document.Id));
    }

    [Fact]
    public async Task A_permission_taken_back_holds_at_the_next_search()
    {
        var document = TestDocuments.Prepare("a", "parking", new AccessList(["group:soins"], []));
        await WriteAsync(document);
        Assert.Single((await SearchAsync("parking", request => request with { Asker = Nadia })).Hits);
        Assert.Empty((await SearchAsync("parking")).Hits);

        await using (var writer = await _site.Catalog.OpenWriterAsync(TestSite.Collection, Stop))
        {
            var stamp = new DocumentStamp(document.Id, AccessList.Nobody, "");
            await writer.CommitAsync(new CatalogChange { Stamped = [stamp] }, Stop);
        }

        Assert.Empty((await SearchAsync("parking", request => request with { Asker = Nadia })).Hits);
    }

    [Fact]
    public async Task Highlights_are_the_words_of_the_query_in_order()
    {
        await WriteAsync(TestDocuments.Prepare("a", "À l’hôpital, le 𝔘 PARKING des hôpitaux est payant."));

        var hit = Assert.Single((await SearchAsync("parking hopital")).Hits);

        var words = hit.Highlights.Select(range => hit.Text[range.Start..range.End]);
        Assert.Equal("hôpital PARKING hôpitaux", string.Join(' ', words));
    }

    [Fact]
    public async Task The_text_of_a_hit_is_the_bytes_of_its_passage()
    {
        var document = TestDocuments.Prepare("a", "Été : œuvre\nLe parking coûte 2 €");
        await WriteAsync(document);

        var hit = Assert.Single((await SearchAsync("parking")).Hits);

        Assert.Equal(
            Encoding.UTF8.GetString(document.Text.Span[hit.Passage.Start..hit.Passage.End]),
            hit.Text);
        Assert.Equal(1, hit.Passage.Ordinal);
    }

    [Fact]
    public async Task A_query_of_many_characters_is_refused_at_the_door()
    {
        var error = await Assert.ThrowsAsync<QueryTooLongException>(() =>
            SearchAsync(new string('a', SearchRequest.QueryLengthMax + 1)));

        Assert.Equal("The question has 4001 characters and may have 4000. Ask a shorter one.", error.Message);
    }

    [Fact]
    public async Task A_query_of_many_different_words_is_refused_at_the_door()
    {
        var words = Enumerable.Range(0, SearchRequest.TermCountMax + 1).Select(number => $"mot{number}").ToArray();

        Assert.Empty((await SearchAsync(string.Join(' ', words[1..]))).Hits);
        var error = await Assert.ThrowsAsync<QueryTooLongException>(() => SearchAsync(string.Join(' ', words)));

        Assert.Equal((65, 64, "TER2002"), (error.Count, error.Limit, error.Code));
    }

    [Fact]
    public async Task A_search_stops_when_it_is_cancelled()
    {
        await WriteAsync(TestDocuments.Prepare("a", "parking"));
        var request = new SearchRequest { Query = "parking", Asker = TestSite.Everyone };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            _site.Retriever.SearchAsync(request, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task A_damaged_segment_is_an_error_and_never_a_wrong_result()
    {
        await WriteAsync(TestDocuments.Prepare("a", "parking"));
        var state = await _site.Catalog.ReadStateAsync(TestSite.Collection, 0, Stop);
        var file = Directory.GetFiles(_site.Data.Path, state!.Segments[0].Hash.Hex, SearchOption.AllDirectories)[0];
        var bytes = await File.ReadAllBytesAsync(file, Stop);
        bytes[^40] ^= 1;
        File.Delete(file);
        await File.WriteAllBytesAsync(file, bytes, Stop);

        var error = await Assert.ThrowsAsync<BlobCorruptException>(() => SearchAsync("parking"));

        Assert.Equal("TER5003", error.Code);
    }

    [Fact]
    public async Task Bitmaps_are_kept_for_the_principals_that_asked_last()
    {
        await WriteAsync(TestDocuments.Prepare("a", "parking", new AccessList(["group:soins"], ["user:zoé"])));
        using var snapshots = new SnapshotCache(_site.Catalog);
        var head = (await _site.Catalog.ListHeadsAsync(Stop))[0];
        var segment = (await snapshots.OpenAsync(head, Stop))!.Segments[0];

        Assert.False(segment.Keeps(Nadia));
        var first = segment.ReadableBy(Nadia);
        Assert.True(segment.Keeps(new Asker("nadia", ["soins"])));
        Assert.Equal(first.Words, segment.ReadableBy(Nadia).Words);
        Assert.Equal(1, first.Count);
        Assert.Equal(0, segment.ReadableBy(new Asker("zoé", ["soins"])).Count);
        foreach (var number in Enumerable.Range(0, SnapshotSegment.BitmapCountMax))
        {
            segment.ReadableBy(new Asker($"{number}", []));
        }

        Assert.False(segment.Keeps(Nadia));
    }

    [Fact]
    public async Task An_entry_that_ends_takes_its_document_from_kept_bitmaps_and_nothing_else()
    {
        var end = new DateTimeOffset(2027, 1, 31, 18, 0, 0, TimeSpan.Zero);
        var until = Principal.Until("group:soins", end);
        await WriteAsync(
            TestDocuments.Prepare("a", "parking", new AccessList([until], [])),
            TestDocuments.Prepare(
                "b", "parking", new AccessList(["group:soins"], [Principal.Until("user:nadia", end)])),
            TestDocuments.Prepare("c", "parking", new AccessList(["group:soins"], [])));
        using var snapshots = new SnapshotCache(_site.Catalog);
        var head = (await _site.Catalog.ListHeadsAsync(Stop))[0];
        var segment = (await snapshots.OpenAsync(head, Stop))!.Segments.Single(segment => segment.HasEnds);

        Assert.Equal("a c", Paths(end.AddSeconds(-1)));
        Assert.True(segment.Keeps(Nadia with { At = end.AddDays(-1) }));
        Assert.False(segment.Keeps(Nadia with { At = end }));
        Assert.Equal("b c", Paths(end));
        Assert.Equal("b c", Paths(end.AddYears(1)));
        Assert.Equal("a c", Paths(end.AddDays(-1)));
        Assert.Equal("c", Paths(at: null));

        string Paths(DateTimeOffset? at) => string.Join(
            ' ',
            segment.Documents.Index()
                .Where(item => segment.ReadableBy(Nadia with { At = at }).Contains(item.Index))
                .Select(item => item.Item!.Path)
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task No_search_uses_permissions_older_than_the_last_change_that_its_asker_saw()
    {
        foreach (var round in Enumerable.Range(0, 5))
        {
            await WriteAsync(TestDocuments.Prepare("a", "parking", new AccessList(["group:soins"], [])));
            Assert.Single((await SearchAsync("parking", request => request with { Asker = Nadia })).Hits);

            await WriteAsync(TestDocuments.Prepare("a", "parking", new AccessList(["group:soins"], ["user:nadia"])));
            Assert.Empty((await SearchAsync("parking", request => request with { Asker = Nadia })).Hits);
            Assert.Single(
                (await SearchAsync("parking", request => request with { Asker = new Asker("zoé", ["soins"]) })).Hits);
        }
    }

    [Fact]
    public async Task A_commit_leaves_the_bitmaps_of_other_segments_alone()
    {
        await WriteAsync(TestDocuments.Prepare("a", "parking"));
        using var snapshots = new SnapshotCache(_site.Catalog);
        var before = await snapshots.OpenAsync((await _site.Catalog.ListHeadsAsync(Stop))[0], Stop);

        await WriteAsync(TestDocuments.Prepare("b", "parking"));
        var after = await snapshots.OpenAsync((await _site.Catalog.ListHeadsAsync(Stop))[0], Stop);

        Assert.Equal(2, after!.Segments.Count);
        Assert.Contains(before!.Segments[0], after.Segments);
    }

    private async Task WriteAsync(params PreparedDocument[] documents)
    {
        var collection = documents[0].Id == DocumentId.For(TestSite.Collection, $"s:{documents[0].Path}")
            ? TestSite.Collection
            : new CollectionId("secret");
        await _site.Catalog.CreateCollectionAsync(collection, Stop);
        await using var writer = await _site.Catalog.OpenWriterAsync(collection, Stop);
        await writer.CommitAsync(new CatalogChange { Added = documents }, Stop);
    }

    private Task<SearchResult> SearchAsync(string query, Func<SearchRequest, SearchRequest>? change = null)
    {
        var request = new SearchRequest { Query = query, Asker = TestSite.Everyone };
        return _site.Retriever.SearchAsync(change?.Invoke(request) ?? request, Stop);
    }
}
