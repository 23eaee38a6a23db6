using System.Globalization;
using System.Text.Json;
using Terroir.Catalog;
using Terroir.Retrieval;
using Terroir.Retrieval.Meaning;
using Terroir.Retrieval.Segments;
using Terroir.Storage;

namespace Terroir.Tests.Retrieval.Meaning;

/// <summary>What a collection has learned, through commits, losses and reopenings.</summary>
public sealed class LearnedCollectionTests
{
    private static readonly string[] Clinic = ["médecin", "infirmier", "patient", "soin", "chambre", "fièvre"];
    private static readonly string[] Garage = ["moteur", "pneu", "frein", "vidange", "carrosserie", "batterie"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_document_about_the_same_comes_before_one_that_only_shares_a_word()
    {
        await using var site = await WriteAsync(
            TestDocuments.Prepare("about", "médecin patient soin chambre accueil"),
            TestDocuments.Prepare("other", "médecin moteur pneu frein accueil"));

        var hits = await FindAsync(site, "accueil infirmier fièvre");
        var byWords = await FindAsync(site, "accueil infirmier fièvre", meaningWeight: 0);

        Assert.True(ScoreOf(hits, "about") > ScoreOf(hits, "other"));
        Assert.Equal(ScoreOf(byWords, "about"), ScoreOf(byWords, "other"));
    }

    [Fact]
    public async Task A_collection_answers_the_same_after_reopening_and_after_a_rebuild()
    {
        await using var site = await WriteAsync();
        var before = Show(await FindAsync(site, "infirmier patient"));

        await site.ReopenAsync();
        var reopened = Show(await FindAsync(site, "infirmier patient"));
        await site.LoseMetastoreAsync();
        await site.Maintenance.RebuildAsync(Stop);

        Assert.Equal(before, reopened);
        Assert.Equal(before, Show(await FindAsync(site, "infirmier patient")));
        Assert.Empty((await site.Maintenance.VerifyAsync(Stop)).Problems);
    }

    [Fact]
    public async Task An_erased_document_leaves_what_was_learned_and_the_store()
    {
        await using var site = await WriteAsync(TestDocuments.Prepare("more", "patient soin chambre"));
        var old = await BasisAsync(site);
        var erased = BasisFile.Read(await ReadAsync(site, old)).Documents[0].Id;
        await using (var writer = await site.Catalog.OpenWriterAsync(TestSite.Collection, Stop))
        {
            await writer.CommitAsync(new CatalogChange { Removed = [erased] }, Stop);
            await TidyAsync(writer);
        }

        var collected = await site.Maintenance.CollectGarbageAsync(TimeSpan.Zero, Stop);
        var learned = BasisFile.Read(await ReadAsync(site, await BasisAsync(site)));

        Assert.DoesNotContain(erased, learned.Documents.Select(document => document.Id));
        Assert.Contains(old.Hash, collected.Select(item => item.Hash));
    }

    [Fact]
    public async Task What_not_everybody_may_read_starts_no_learning()
    {
        await using var site = await WriteAsync();
        var basis = await BasisAsync(site);
        await AddAsync(site, [
            .. Enumerable.Range(0, 200).Select(number => TestDocuments.Prepare(
                $"secret{number}",
                $"secret {number}",
                new AccessList(["group:staff"], []))),
        ]);

        Assert.Equal(basis, await BasisAsync(site));
    }

    [Fact]
    public async Task Merges_leave_what_was_learned_alone()
    {
        await using var site = await WriteAsync();
        var basis = await BasisAsync(site);
        for (var number = 0; number < 12; number++)
        {
            await AddAsync(site, [TestDocuments.Prepare($"more{number}", $"patient {number}")]);
        }

        Assert.Equal(basis, await BasisAsync(site));
    }

    [Fact]
    public async Task When_too_few_documents_are_left_nothing_is_learned()
    {
        await using var site = await WriteAsync();
        var documents = await site.DocumentsAsync();
        await using (var writer = await site.Catalog.OpenWriterAsync(TestSite.Collection, Stop))
        {
            await writer.CommitAsync(
                new CatalogChange { Removed = [.. documents.Skip(1).Select(document => document.Id)] },
                Stop);
            await TidyAsync(writer);
        }

        var state = await site.Catalog.ReadStateAsync(TestSite.Collection, 0, Stop);

        Assert.DoesNotContain(state!.Segments, row => row.DocumentCount == 0);
        Assert.Single(await FindAsync(site, string.Join(' ', Clinic.Concat(Garage))));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_damaged_basis_is_dropped_by_repair_and_learned_again(bool isCut)
    {
        await using var site = await WriteAsync();
        var before = Show(await FindAsync(site, "infirmier patient"));
        var basis = await BasisAsync(site);
        await DamageAsync(site, basis, isCut);
        await site.ReopenAsync();
        await Assert.ThrowsAnyAsync<TerroirException>(() => FindAsync(site, "patient"));

        await using (var writer = await site.Catalog.OpenWriterAsync(TestSite.Collection, Stop))
        {
            var repaired = Assert.Single((await writer.RepairAsync(isDryRun: false, Stop)).Segments);
            Assert.Equal(basis.Hash, repaired.Segment);
            Assert.Equal(
                Show(await FindAsync(site, "infirmier patient", meaningWeight: 0)),
                Show(await FindAsync(site, "infirmier patient")));
            await TidyAsync(writer);
            Assert.Empty((await writer.RepairAsync(isDryRun: false, Stop)).Segments);
        }

        Assert.Equal(basis, await BasisAsync(site));
        Assert.Equal(before, Show(await FindAsync(site, "infirmier patient")));
        Assert.Empty((await site.Maintenance.VerifyAsync(Stop)).Problems);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_meaning_adds_is_a_part_of_the_explained_score(bool isPerDocument)
    {
        await using var site = await WriteAsync(TestDocuments.Prepare("about", "médecin patient soin chambre accueil"));
        var request = new SearchRequest
        {
            Query = "accueil infirmier patient",
            Asker = TestSite.Everyone,
            Count = 100,
            OnePerDocument = isPerDocument,
            Explains = true,
        };

        var hits = (await site.Retriever.SearchAsync(request, Stop)).Hits;

        Assert.All(hits, hit => Assert.Equal(
            hit.Score,
            hit.Explanation!.Parts.Sum(part => part.Value),
            precision: 12));
        Assert.All(
            hits.Where(hit => hit.Duplicates.Count == 0),
            hit => Assert.DoesNotContain(hit.Explanation!.Parts, part => part.Name is "group"));
        Assert.Contains(hits, hit => hit.Explanation!.Parts.Any(part => part.Name is "meaning" && part.Value > 0));
    }

    [Fact]
    public void Where_there_are_too_few_documents_no_record_is_read()
    {
        StoredRecord[] unreadable = [.. Enumerable.Repeat(default(StoredRecord), LearningChoice.DocumentCountMin)];
        var builder = new PostingSegmentBuilder();

        var nothing = new LearnedText(TestSite.Collection, default, default);

        Assert.Null(builder.StartLearning(nothing, State(unreadable[1..])));
        Assert.ThrowsAny<JsonException>(() => builder.StartLearning(nothing, State(unreadable)));

        static CollectionRecords State(StoredRecord[] documents) => new()
        {
            Head = new CollectionHead(TestSite.Collection, 1, default, default),
            Since = 0,
            Segments = [],
            Documents = documents,
            Removed = [],
        };
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(0.6)]
    [InlineData(double.NaN)]
    public async Task A_weight_out_of_range_is_refused(double weight)
    {
        await using var site = new TestSite();

        await Assert.ThrowsAsync<ArgumentException>(() => FindAsync(site, "patient", weight));
    }

    private static async Task<TestSite> WriteAsync(params PreparedDocument[] more)
    {
        var site = new TestSite();
        await site.Catalog.CreateCollectionAsync(TestSite.Collection, Stop);
        var texts = Enumerable.Range(0, LearningChoice.DocumentCountMin).Select(number =>
        {
            var topic = number % 2 == 0 ? Clinic : Garage;
            return string.Join(' ', topic.Where((_, word) => word != number / 2 % 6)) + $" n{number}";
        });
        await AddAsync(site, [
            .. texts.Select((text, number) => TestDocuments.Prepare($"{number}", text)),
            .. more,
        ]);
        return site;
    }

    private static async Task AddAsync(TestSite site, IReadOnlyList<PreparedDocument> documents)
    {
        await using var writer = await site.Catalog.OpenWriterAsync(TestSite.Collection, Stop);
        await writer.CommitAsync(new CatalogChange { Added = documents }, Stop);
        await TidyAsync(writer);
    }

    private static async Task TidyAsync(ICollectionWriter writer)
    {
        while (await writer.MergeAsync(Stop))
        {
        }
    }

    private static async Task<SegmentRow> BasisAsync(TestSite site)
    {
        var state = await site.Catalog.ReadStateAsync(TestSite.Collection, 0, Stop);
        return Assert.Single(state!.Segments, row => row.DocumentCount == 0);
    }

    private static async Task DamageAsync(TestSite site, SegmentRow row, bool isCut)
    {
        var path = Path.Combine(site.Data.Path, "objects", BlobKey.ForContent(row.Hash).Value);
        await using var stream = File.Open(path, FileMode.Open, FileAccess.ReadWrite);
        if (isCut)
        {
            stream.SetLength(stream.Length - 1);
            return;
        }

        stream.Position = stream.Length / 2;
        var value = stream.ReadByte();
        stream.Position--;
        stream.WriteByte((byte)(value ^ 1));
    }

    private static async Task<byte[]> ReadAsync(TestSite site, SegmentRow row) =>
        (await site.Catalog.ReadObjectAsync(row.Hash, row.SizeBytes, Stop)).ToArray();

    private static async Task<IReadOnlyList<PassageHit>> FindAsync(
        TestSite site,
        string query,
        double? meaningWeight = null)
    {
        var request = new SearchRequest
        {
            Query = query,
            Asker = TestSite.Everyone,
            Count = 100,
            OnePerDocument = true,
            MeaningWeight = meaningWeight,
        };
        return (await site.Retriever.SearchAsync(request, Stop)).Hits;
    }

    private static double ScoreOf(IEnumerable<PassageHit> hits, string path) =>
        hits.First(hit => string.Equals(hit.Document.Path, path, StringComparison.Ordinal)).Score;

    private static string Show(IEnumerable<PassageHit> hits) => string.Join('\n', hits.Select(hit => string.Create(
        CultureInfo.InvariantCulture,
        $"{hit.Document.Id} {BitConverter.DoubleToInt64Bits(hit.Score)}")));
}
