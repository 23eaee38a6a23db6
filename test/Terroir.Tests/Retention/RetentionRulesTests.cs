using CsCheck;
using Terroir.Retention;
using Terroir.Storage;

namespace Terroir.Tests.Retention;

/// <summary>How long documents are kept, and who wins: a legal hold, then a duty to keep, then an erasure.</summary>
public sealed class RetentionRulesTests
{
    private static readonly CollectionId Collection = new("soins");
    private static readonly DateTimeOffset Day = new(2020, 2, 29, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("10y", 10, 0, 0)]
    [InlineData("18m", 0, 18, 0)]
    [InlineData("90d", 0, 0, 90)]
    [InlineData("5a", 5, 0, 0)]
    public void A_span_is_read(string text, int years, int months, int days) =>
        Assert.Equal(new RetentionSpan(years, months, days), RetentionSpan.TryParse(text));

    [Theory]
    [InlineData("")]
    [InlineData("y")]
    [InlineData("-1y")]
    [InlineData("10")]
    [InlineData("201y")]
    [InlineData("1.5y")]
    public void What_is_no_span_is_refused(string text) => Assert.Null(RetentionSpan.TryParse(text));

    [Fact]
    public void A_leap_day_ends_on_the_last_day_of_february() =>
        Assert.Equal(new DateTimeOffset(2021, 2, 28, 0, 0, 0, TimeSpan.Zero), new RetentionSpan(1, 0, 0).After(Day));

    [Fact]
    public void A_span_beyond_all_time_ends_with_time() =>
        Assert.Equal(DateTimeOffset.MaxValue, new RetentionSpan(200, 0, 0).After(new(9990, 1, 1, 0, 0, 0, default)));

    [Fact]
    public void The_first_rule_that_fits_counts()
    {
        var rules = new RetentionRules(
        [
            new RetentionRule { Name = "a", Label = "secret", KeepAtMost = new(1, 0, 0) },
            new RetentionRule { Name = "b", Collection = Collection, KeepAtMost = new(2, 0, 0) },
            new RetentionRule { Name = "c", KeepAtMost = new(3, 0, 0) },
        ]);

        Assert.Equal("a", rules.Find(Collection, Version("Secret"))?.Name);
        Assert.Equal("b", rules.Find(Collection, Version("interne"))?.Name);
        Assert.Equal("c", rules.Find(new CollectionId("rh"), Version("interne"))?.Name);
    }

    [Fact]
    public async Task A_hold_beats_a_duty_and_both_beat_an_erasure() =>
        await Gen.Select(Gen.Bool, Gen.Int[0, 40], Gen.Int[0, 40], Gen.Int[0, 2]).SampleAsync(
            async (isHeld, keptYears, age, holdKind) =>
            {
                var document = new LiveDocument(
                    new DocumentAddress(Collection, Version("x").Id),
                    Version("x"));
                var rules = new RetentionRules(
                [
                    new RetentionRule { Name = "a", KeepAtLeast = new(keptYears, 0, 0) },
                ]);
                LegalHold[] holds = isHeld ? [Hold(holdKind == 0 ? [document.Address.Document] : [])] : [];

                var why = await new KeepingRules.Kept(holds, null!, rules, Day.AddYears(age))
                    .WhyKeptAsync(document, CancellationToken.None);

                Assert.Equal(isHeld || age < keptYears, why is not null);
                Assert.Equal(isHeld, why?.Contains("legal hold", StringComparison.Ordinal) ?? false);
            },
            iter: 500);

    [Fact]
    public async Task A_hold_on_other_documents_or_collections_keeps_nothing()
    {
        var document = new LiveDocument(new DocumentAddress(Collection, Version("x").Id), Version("x"));
        LegalHold[] holds =
        [
            Hold([DocumentId.For(Collection, "a:other")]),
            Hold([]) with { Collection = new CollectionId("rh") },
        ];

        Assert.Null(await new KeepingRules.Kept(holds, null!, RetentionRules.None, Day)
            .WhyKeptAsync(document, CancellationToken.None));
    }

    [Theory]
    [InlineData("Élise Martin", "Vu avec MARTIN Elise, puis élise martin.", 2)]
    [InlineData("Martin", "Martin", -1)]
    [InlineData("1 85 05 78 006 084", "NIR : 185 0578006084 36", 1)]
    [InlineData("Jean de La Tour", "M. Jean de la Tour et Mme de la Tour", 1)]
    public void A_person_is_counted_as_people_write_them(string person, string text, int count) =>
        Assert.Equal(count, PersonMention.TryRead(person)?.CountIn(text) ?? -1);

    private static LegalHold Hold(IReadOnlyList<DocumentId> documents) => new()
    {
        Id = "a",
        PlacedAt = Day,
        Reason = "x",
        Collection = Collection,
        Documents = documents,
    };

    private static DocumentVersion Version(string label) => new()
    {
        Id = DocumentId.For(Collection, "a:b"),
        Source = "a",
        Path = "b",
        Version = ContentHash.Of([1]),
        Title = "b",
        MediaType = "text/plain",
        Label = label,
        ModifiedAt = Day,
        Access = new AccessList([], []),
        Original = Blob,
        Text = Blob,
        Passages = Blob,
    };

    private static BlobRef Blob => BlobRef.Whole(ContentHash.Of([1]), 1);
}
