using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using CsCheck;
using Terroir.Catalog;
using Terroir.Retrieval;
using Terroir.Retrieval.Meaning;

namespace Terroir.Tests.Retrieval;

/// <summary>What an asker may not read changes nothing that they see: order and scores, to the bit.</summary>
public sealed class NonInterferenceTests
{
    private const string Query = "parking tarif sang";

    private static readonly string[] Words = ["parking", "tarif", "dossier", "sang", "garde", "repas", "badge"];

    // With every sign, and with words that nothing holds and that are near to words that something may hold.
    private static readonly string[] Queries =
    [
        "\"parking tarif\"", "tarif -sang", "title:t garde", "repas label:interne", "sang after:1970-01-04",
        "parkng", "badje", "grade", "dosier tarife", "ddg",
        "repas et sang", "5mg", "garde L1234-5", "1er mars 2024",
    ];

    // Long enough that a word more makes a near copy, and two a near copy of that.
    private static readonly string Copied =
        string.Join(' ', Enumerable.Range(0, 60).Select(number => $"{Words[number % 7]}{number % 11}")) + " parking";

    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.Int[0, 6].Select(pick => Words[pick]).Array[1, 12].Select(words => string.Join(' ', words)),
        Gen.Int[0, 6].Select(pick => Words[pick]).Array[0, 3].Select(words => $"{Copied} {string.Join(' ', words)}"),
        Gen.Int[0, 6].Select(pick => $"Dossier de garde (DDG) {Words[pick]} ou repas et sang (RS)"),
        Gen.Int[0, 6].Select(pick => $"{Words[pick]} : article L. 1234-5, 5 mg le 01/03/2024"));

    private static readonly Gen<Item[]> World =
        Gen.Select(
            Text,
            Gen.Bool,
            (text, isSecret) => new Item(text, isSecret)).Array[1, 12];

    // Nearly all documents end alike; how many of them everybody may read decides whether that recurs.
    private static readonly Gen<Item[]> RecurringWorld =
        Gen.Select(
            Text,
            Gen.Bool,
            (text, isSecret) => new Item($"{text}\nPour tout dossier, voyez la garde du parking.", isSecret))
            .Array[6, 14];

    private static readonly Gen<Item[]> LearningWorld =
        Gen.Select(
            Text,
            Gen.Bool,
            (text, isSecret) => new Item(text, isSecret)).Array[12, 24];

    [Fact]
    public void Unreadable_documents_change_no_score_and_no_order() =>
        World.Sample(world => Assert.Equal(Score(world, 3), Score(WithoutSecrets(world), 3)), iter: 300);

    [Fact]
    public void The_cut_into_segments_changes_no_score() =>
        World.Sample(world => Assert.Equal(Score(world, cut: 1), Score(world, cut: 12)), iter: 300);

    [Fact]
    public void The_order_of_arrival_changes_no_score_and_no_order() =>
        World.Sample(
            world => Assert.Equal(
                Score(world, 3),
                Score(world, 3, static items => items.Reverse())),
            iter: 300);

    // Whole results over real stores: hits, scores, texts, highlights and the collections that are named. The numbers
    // of generations are the stated residual: they tell that something changed, and nothing else.
    [Fact]
    public async Task Unreadable_documents_change_nothing_in_a_result() =>
        await World.SampleAsync(
            async world => Assert.Equal(await SearchAsync(world), await SearchAsync(WithoutSecrets(world))),
            iter: 12,
            threads: 1);

    [Fact]
    public async Task Unreadable_documents_change_nothing_where_blocks_recur() =>
        await RecurringWorld.SampleAsync(
            async world => Assert.Equal(await SearchAsync(world), await SearchAsync(WithoutSecrets(world))),
            iter: 12,
            threads: 1);

    [Fact]
    public async Task In_some_of_these_worlds_blocks_recur()
    {
        Item[] world =
        [
            .. Enumerable.Range(0, 6).Select(number => new Item(
                $"{Words[number]} tarif sang {Words[6 - number]}\nPour tout dossier, voyez la garde du parking.",
                IsSecret: number == 5)),
        ];

        var open = world.Select(item => item with { IsSecret = false }).ToArray();

        Assert.Contains("\"recurring\"", await SearchAsync(world), StringComparison.Ordinal);
        Assert.DoesNotContain("\"recurring\"", await SearchAsync(world[1..]), StringComparison.Ordinal);
        Assert.Contains("\"recurring\"", await SearchAsync(open[1..]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Some_of_these_worlds_suggest_words_and_explain_hits()
    {
        var lines = await SearchAsync([new Item("parking tarif", IsSecret: false), new Item("badge", IsSecret: true)]);

        Assert.Contains("\nparking {", lines, StringComparison.Ordinal);
        Assert.DoesNotContain("\nbadge {", lines, StringComparison.Ordinal);
        Assert.Contains("fr:parking", lines, StringComparison.Ordinal);
    }

    // The same with what is learned from the documents that everybody may read, at the same two moments.
    [Fact]
    public async Task Unreadable_documents_change_nothing_that_is_learned() =>
        await LearningWorld.SampleAsync(
            async world => Assert.Equal(
                await SearchAsync(world, isLearning: true),
                await SearchAsync(WithoutSecrets(world), isLearning: true)),
            iter: 12,
            threads: 1);

    [Fact]
    public async Task What_is_learned_moves_scores_in_some_of_these_worlds()
    {
        Item[] world =
        [
            .. Enumerable.Range(0, 8).Select(number => new Item(
                number % 2 == 0 ? "parking tarif badge" : "sang garde repas",
                IsSecret: false)),
            new Item("parking repas dossier", IsSecret: true),
            new Item("tarif repas repas", IsSecret: false),
        ];

        Assert.NotEqual(
            await SearchAsync(world),
            await SearchAsync(world, isLearning: true),
            StringComparer.Ordinal);
    }

    [Fact]
    public async Task Some_of_these_worlds_explain_acronyms()
    {
        Item[] world =
        [
            new Item("Dossier de garde (DDG)", IsSecret: false),
            new Item("repas et sang (RS)", IsSecret: true),
            new Item("dossier de repas et sang RS", IsSecret: false),
        ];

        var lines = await SearchAsync(world);

        Assert.Contains("\"acronym\"", lines, StringComparison.Ordinal);
        Assert.DoesNotContain("fr:rs\",\"Origin\":\"acronym", lines, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Some_of_these_worlds_find_identifiers_in_another_spelling()
    {
        var lines = await SearchAsync([new Item("garde : article L. 1234-5 ou 5 mg", IsSecret: false)]);

        Assert.Contains("id:l1234-5\",\"Origin\":\"identifier", lines, StringComparison.Ordinal);
        Assert.Contains("id:5mg\",\"Origin\":\"identifier", lines, StringComparison.Ordinal);
    }

    // The law says nothing about worlds without copies.
    [Fact]
    public async Task Some_of_these_worlds_hold_copies_that_may_be_read_and_some_that_may_not()
    {
        Item[] world =
        [
            new Item($"{Copied} tarif", IsSecret: false),
            new Item($"{Copied} dossier", IsSecret: true),
            new Item(Copied, IsSecret: false),
        ];

        var lines = await SearchAsync(world);

        Assert.Contains(" Near\n", lines, StringComparison.Ordinal);
        Assert.DoesNotContain(TestDocuments.Prepare("1", "").Id.Value, lines, StringComparison.Ordinal);
    }

    private static Item[] WithoutSecrets(Item[] world) =>
        [.. world.Select(item => item.IsSecret ? item with { Text = "" } : item)];

    private static async Task<string> SearchAsync(Item[] world, bool isLearning = false)
    {
        await using var site = new TestSite(isLearning ? 2 : LearningChoice.DocumentCountMin);
        var secret = new CollectionId("secret");
        await WriteAsync(site, TestSite.Collection, world);
        await WriteAsync(site, secret, [.. world.Where(item => item.IsSecret)]);
        var lines = new List<string>();
        foreach (var request in Requests())
        {
            var result = await site.Retriever.SearchAsync(request, TestContext.Current.CancellationToken);
            lines.AddRange(result.Hits.Select(hit => string.Create(
                CultureInfo.InvariantCulture,
                $"{hit.Document.Id} {BitConverter.DoubleToInt64Bits(hit.Score)} {hit.Text} {Show(hit.Highlights)} ")
                + $"{Show(hit.Recurring)} "
                + string.Join(' ', hit.Duplicates.Select(kin => $"{kin.Document.Id} {kin.Relation}"))));
            lines.AddRange(result.Hits.Select(hit => JsonSerializer.Serialize(hit.Explanation)));
            lines.Add($"{result.Suggestion} {JsonSerializer.Serialize(result.Statistics)}");
            lines.Add(string.Join(' ', result.Generations.Select(head => head.Collection.Value)));
        }

        return string.Join('\n', lines);
    }

    private static IEnumerable<SearchRequest> Requests()
    {
        var request = new SearchRequest { Query = Query, Asker = TestSite.Everyone, Count = 3 };
        yield return request;
        yield return request with { OnePerDocument = true };
        yield return request with { Labels = ["interne"] };
        yield return request with { ModifiedFrom = DateTimeOffset.UnixEpoch.AddDays(3) };
        yield return request with { Explains = true };
        foreach (var query in Queries)
        {
            yield return request with { Query = query, HasSyntax = true, Explains = true };
        }
    }

    private static string Show(IEnumerable<TextRange> ranges) =>
        string.Join(',', ranges.Select(range => $"{range.Start}-{range.End}"));

    private static async Task WriteAsync(TestSite site, CollectionId collection, Item[] world)
    {
        var stop = TestContext.Current.CancellationToken;
        await site.Catalog.CreateCollectionAsync(collection, stop);
        await using var writer = await site.Catalog.OpenWriterAsync(collection, stop);
        var added = Prepare(world, collection).Select((document, number) => document with
        {
            Label = number % 2 == 0 ? "interne" : "public",
            ModifiedAt = DateTimeOffset.UnixEpoch.AddDays(number),
        });
        foreach (var part in added.Chunk(Math.Max(1, world.Length / 2)))
        {
            await writer.CommitAsync(
                new CatalogChange { Added = [.. part.Where(document => document.Text.Length > 0)] },
                stop);
            while (await writer.MergeAsync(stop))
            {
            }
        }
    }

    private static IEnumerable<PreparedDocument> Prepare(Item[] world, CollectionId collection) =>
        world.Select((item, number) => TestDocuments.Prepare(
            $"{number}",
            item.Text,
            item.IsSecret ? AccessList.Nobody : TestDocuments.Open,
            collection: collection));

    private static string Score(
        Item[] world,
        int cut,
        Func<IEnumerable<PreparedDocument>, IEnumerable<PreparedDocument>>? order = null)
    {
        var request = new SearchRequest { Query = Query, Asker = TestSite.Everyone };
        var documents = Prepare(world, TestSite.Collection).Where(document => document.Text.Length > 0);
        var segments = (order?.Invoke(documents) ?? documents).Chunk(cut)
            .Select(part => new ReadableSegment(TestSite.Collection, TestDocuments.Index(part), request))
            .ToArray();
        using var scoring = new Scoring(segments, SearchQuery.Of(Query).Terms, CancellationToken.None);
        var ranked = scoring.Best(5);
        return string.Join('\n', ranked.Zip(scoring.Passages(ranked), (item, passages) => string.Create(
            CultureInfo.InvariantCulture,
            $"{item.Id} {BitConverter.DoubleToInt64Bits(item.Score)} {BitConverter.DoubleToInt64Bits(passages[0])}")));
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Item(string Text, bool IsSecret);
}
