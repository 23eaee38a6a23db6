using Microsoft.Extensions.Time.Testing;
using Terroir.Answers;
using Terroir.Retrieval;

namespace Terroir.Tests.Answers;

/// <summary>Who asks is told that a document which is cited says that it does not hold.</summary>
public sealed class ValidityNoticesTests : IAsyncLifetime
{
    private const string Question = "Combien de jours le tarif réduit du parking dure-t-il ?";

    private readonly TestSite _site = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _site.Source.Write("permissions.yaml", "allow: [everyone]");
        _site.Source.Write(
            "parking.md",
            "# Parking\n\nApplicable du 1er janvier au 31 mars 2026\n\n"
            + "Le tarif réduit du parking dure trente jours.\n");
        await _site.AddSourceAsync();
        await _site.SyncAsync();
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Theory]
    [InlineData("2025-12-31", "fr", "D'après ce qu'il indique, « Parking » n'est valable qu'à partir du 01/01/2026.")]
    [InlineData("2026-01-01", "fr", "")]
    [InlineData("2026-03-31", "fr", "")]
    [InlineData("2026-04-01", "fr", "D'après ce qu'il indique, « Parking » était valable jusqu'au 31/03/2026.")]
    [InlineData("2026-04-01", "en", "By its own words “Parking” was valid until 31 March 2026.")]
    public async Task An_answer_tells_that_its_document_does_not_hold_on_that_day(
        string day,
        string language,
        string expected)
    {
        _site.Clock = new FakeTimeProvider(DateTimeOffset.Parse(
            $"{day}T12:00:00Z",
            System.Globalization.CultureInfo.InvariantCulture));

        var answer = await _site.Answerer.AskAsync(
            new AskRequest { Question = Question, Asker = TestSite.Everyone, Language = language },
            Stop);

        Assert.Equal("Le tarif réduit du parking dure trente jours. [1]", answer.Text);
        Assert.Equal(expected, string.Join(' ', answer.Notices));
        Assert.Equal(new DateOnly(2026, 3, 31), answer.Citations[0].ValidUntil);
    }

    [Theory]
    [InlineData("2025-12-31", 0)]
    [InlineData("2026-02-01", 1)]
    [InlineData("2026-04-01", 0)]
    public async Task A_search_can_be_kept_to_what_holds_on_a_day(string day, int count)
    {
        var result = await _site.Retriever.SearchAsync(
            new SearchRequest
            {
                Query = "tarif",
                Asker = TestSite.Everyone,
                OnePerDocument = true,
                ValidOn = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture),
            },
            Stop);

        Assert.Equal(count, result.Hits.Count);
    }
}
