using CsCheck;
using Terroir.Retrieval;
using Terroir.Retrieval.Meaning;
using Terroir.Storage;

namespace Terroir.Tests.Retrieval.Meaning;

public sealed class LearningChoiceTests
{
    private static readonly AccessList Restricted = new(["group:staff"], []);

    private static readonly Gen<int> Seeds = Gen.Int[0, 1_000_000];

    [Fact]
    public void Only_what_everybody_may_read_decides() =>
        Gen.Select(Seeds.Array[0, 12], Seeds.Array[0, 12], Seeds.Array[0, 6]).Sample((learned, live, secret) =>
        {
            var basis = Learn(learned);
            DocumentRow[] common = [.. live.Distinct().Select(seed => Row(seed))];
            DocumentRow[] all = [.. common, .. secret.Distinct().Select(seed => Row(seed, Restricted))];

            Assert.Equal(Describe(basis, common), Describe(basis, all));
        });

    [Fact]
    public void The_order_of_arrival_decides_nothing() =>
        Seeds.Array[4, 12].Sample(live =>
        {
            DocumentRow[] rows = [.. live.Distinct().Select(seed => Row(seed))];

            Assert.Equal(Describe(null, rows), Describe(null, [.. rows.Reverse()]));
        });

    [Theory]
    [InlineData(11, false)]
    [InlineData(14, false)]
    [InlineData(15, true)]
    public void It_is_learned_anew_when_the_documents_have_grown_by_half(int count, bool isDue)
    {
        var basis = Learn([.. Enumerable.Range(0, 10)]);

        Assert.Equal(isDue, Make(basis, [.. Enumerable.Range(0, count).Select(seed => Row(seed))]) is not null);
    }

    [Fact]
    public void A_document_that_is_gone_leaves_what_is_learned_at_once() =>
        Assert.NotNull(Make(
            Learn([.. Enumerable.Range(0, 10)]),
            [.. Enumerable.Range(1, 12).Select(seed => Row(seed))]));

    [Fact]
    public void A_document_that_not_everybody_may_read_any_more_leaves_it_too() =>
        Assert.NotNull(Make(
            Learn([.. Enumerable.Range(0, 10)]),
            [Row(0, Restricted), .. Enumerable.Range(1, 12).Select(seed => Row(seed))]));

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void It_is_learned_anew_when_more_than_an_eighth_has_changed(int changed, bool isDue)
    {
        var basis = Learn([.. Enumerable.Range(0, 16)]);
        var rows = Enumerable.Range(0, 16).Select(seed => Row(seed, text: seed < changed ? "new" : "old"));

        Assert.Equal(isDue, Make(basis, [.. rows]) is not null);
    }

    [Fact]
    public void Too_few_documents_are_not_learned_from_and_what_was_learned_goes()
    {
        DocumentRow[] rows = [Row(1), Row(2)];

        Assert.Null(Make(null, rows));
        Assert.Empty(Make(Learn([1, 2, 3, 4]), rows)!.Documents);
    }

    [Fact]
    public void So_many_passages_are_read_at_most()
    {
        DocumentRow[] rows =
        [
            .. Enumerable.Range(0, 10).Select(seed => Row(seed, passageCount: LearningChoice.PassageCountMax / 4)),
        ];

        var choice = Make(null, rows)!;

        Assert.Equal(10, choice.CommonCount);
        Assert.Equal(4, choice.Documents.Count);
    }

    private static LearningChoice? Make(BasisFile? basis, IReadOnlyList<DocumentRow> rows)
    {
        var texts = new RecordTexts();
        return LearningChoice.Make(
            basis,
            rows.Select(row => DocumentRecord.Parse(row.Document.ToJson(), texts)),
            countMin: 3);
    }

    private static string Describe(BasisFile? basis, IReadOnlyList<DocumentRow> rows) => Make(basis, rows) is { } choice
        ? $"{choice.CommonCount} {string.Join(' ', choice.Documents.Select(document => document.Id))}"
        : "";

    private static BasisFile? Learn(int[] seeds) => seeds.Length == 0
        ? null
        : new BasisFile(
            new LatentBasis([], [], []),
            seeds.Distinct().Count(),
            [.. seeds.Distinct().Select(seed => LearnedDocument.Of(Row(seed).Document))]);

    private static DocumentRow Row(int seed, AccessList? access = null, string text = "old", int passageCount = 1)
    {
        var document = TestDocuments.Describe(TestDocuments.Prepare($"{seed}", $"{text} {seed}", access));
        return new DocumentRow(document with { PassageCount = passageCount }, document.Version);
    }
}
