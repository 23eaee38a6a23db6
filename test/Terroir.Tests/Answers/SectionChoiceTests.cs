using System.Text;
using CsCheck;
using Terroir.Answers;
using Terroir.Answers.Sections;
using Terroir.Models;
using Terroir.Retrieval;
using Terroir.Tests.Models;

namespace Terroir.Tests.Answers;

/// <summary>A model is shown what stands around a hit in its section, as far as there is room.</summary>
public sealed class SectionChoiceTests : IAsyncLifetime
{
    private const string Fee = "La redevance de la passerelle est de 47 euros par an.";

    private readonly TestSite _site = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _site.Source.Write("permissions.yaml", "allow: [everyone]");

        // Sections of several passages: each paragraph is one.
        _site.Source.Write("tarifs.md", $"""
            # Tarifs

            ## Passerelle

            {Filler("avant", 3)}

            {Fee} {Filler("Milieu", 1)}

            {Filler("apres", 3)}

            ## Cantine

            {Filler("cantine", 3)}
            """);
        await _site.AddSourceAsync();
        await _site.SyncAsync();
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task The_passages_around_a_hit_are_shown_with_it_up_to_the_next_heading()
    {
        var hit = await FindAsync("redevance passerelle");

        var section = Assert.Single(await ChooseAsync(12_000, hit));

        var text = section.Describe(AnswerWords.French);
        Assert.StartsWith("Titre : Tarifs\nSection : Tarifs > Passerelle\navant0", text, StringComparison.Ordinal);
        Assert.Contains("apres2", text, StringComparison.Ordinal);
        Assert.DoesNotContain("cantine", text, StringComparison.Ordinal);
        Assert.EndsWith(await SectionTextAsync("avant0", "# Cantine"), text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_little_room_the_nearest_passages_are_shown_and_the_one_that_follows_first()
    {
        var hit = await FindAsync("redevance passerelle");
        var alone = Assert.Single(await ChooseAsync(SizeOf(hit), hit));

        var wider = Assert.Single(await ChooseAsync(SizeOf(hit) + 900, hit));

        Assert.Equal([hit.Passage.Ordinal], alone.Passages.Select(passage => passage.Passage.Ordinal));
        Assert.Equal(
            [hit.Passage.Ordinal, hit.Passage.Ordinal + 1],
            wider.Passages.Select(passage => passage.Passage.Ordinal));
    }

    [Fact]
    public async Task Two_hits_of_a_section_share_a_number_and_a_gap_between_them_is_marked()
    {
        var (first, last) = (await FindAsync("avant0"), await FindAsync("apres2"));

        var close = Assert.Single(await ChooseAsync(SizeOf(first) + SizeOf(last), first, last));
        var whole = Assert.Single(await ChooseAsync(12_000, first, last));

        Assert.Equal(2, close.Passages.Count());
        Assert.Contains("\n[…]\n", close.Describe(AnswerWords.French), StringComparison.Ordinal);
        Assert.DoesNotContain("[…]", whole.Describe(AnswerWords.French), StringComparison.Ordinal);
        Assert.Contains(Fee, whole.Describe(AnswerWords.French), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sentence_beside_the_hit_is_cited_with_its_own_passage_and_bytes()
    {
        using var model = new ScriptedModel("La redevance de la passerelle est de 47 euros par an [1].");
        var answerer = new CitedAnswerer(
            new OneHit(_site.Retriever),
            new GenerativeComposer(
                model,
                new ModelsOptions { Model = "petit" },
                new SectionReading(_site.Catalog),
                Microsoft.Extensions.Logging.Abstractions.NullLogger<GenerativeComposer>.Instance),
            _site.Catalog);

        var answer = await answerer.AskAsync(
            new AskRequest { Question = "Combien coûte la redevance de la passerelle ?", Asker = TestSite.Everyone },
            Stop);

        var citation = Assert.Single(answer.Citations);
        var shown = await FindAsync("avant0");
        Assert.Contains("n=\"1\"", Assert.Single(model.Prompts), StringComparison.Ordinal);
        Assert.Equal(Fee, citation.Quote);
        Assert.NotEqual(shown.Passage.Ordinal, citation.Passage);
        Assert.Equal((await FindAsync("redevance passerelle")).Passage.Ordinal, citation.Passage);
    }

    [Fact]
    public async Task Of_a_document_that_can_no_longer_be_read_the_hit_is_shown_alone()
    {
        var hit = await FindAsync("redevance passerelle");
        foreach (var file in Directory.EnumerateFiles(
            Path.Combine(_site.Data.Path, "objects"), "*", SearchOption.AllDirectories))
        {
            File.Delete(file);
        }

        var section = Assert.Single(await ChooseAsync(12_000, hit));

        Assert.Equal([hit], section.Passages);
    }

    [Fact]
    public void What_is_shown_fits_is_of_the_hits_sections_and_has_every_hit_that_fits_alone()
    {
        var cases = Gen.Select(
            Gen.Int[1, 3].Array[1, 40],
            Gen.Int[0, 39].Array[1, 12],
            Gen.Int[100, 4_000]);
        cases.Sample((headings, found, size) =>
        {
            var (document, hits) = Make(headings, found);
            var key = (TestSite.Collection, hits[0].Document.Id);
            var sections = SectionChoice.Choose(
                hits,
                new Dictionary<(CollectionId, DocumentId), DocumentPassages> { [key] = document },
                new PromptRoom(PassageCountMax: 16, SizeMaxBytes: size),
                AnswerWords.French);

            var shown = sections.SelectMany(section => section.Passages).ToArray();
            Assert.InRange(
                sections.Sum(section => Encoding.UTF8.GetByteCount(section.Describe(AnswerWords.French))), 0, size);
            Assert.Equal(shown.Length, shown.DistinctBy(passage => passage.Passage.Ordinal).Count());
            Assert.All(shown, passage => Assert.Contains(hits, hit =>
                Math.Abs(hit.Passage.Ordinal - passage.Passage.Ordinal) <= SectionChoice.DistanceMax
                && document.AreOneSection(hit.Passage.Ordinal, passage.Passage.Ordinal)));
            if (SizeOf(hits[0]) <= size)
            {
                Assert.Contains(shown, passage => passage.Passage.Ordinal == hits[0].Passage.Ordinal);
            }
        });
    }

    private static (DocumentPassages Document, PassageHit[] Hits) Make(int[] headings, int[] found)
    {
        var text = string.Join('\n', headings.Select((_, index) => $"Passage {index} {new string('x', 40 + index)}"));
        var prepared = Terroir.Tests.Retrieval.TestDocuments.Prepare("a.md", text);
        var passages = prepared.Passages
            .Select(passage => passage with { Headings = [$"{headings[passage.Ordinal]}"] })
            .ToArray();
        var document = Terroir.Tests.Retrieval.TestDocuments.Describe(prepared);
        return (
            new DocumentPassages(prepared.Text, passages),
            [
                .. found.Select(number => number % headings.Length).Distinct().Select(number => new PassageHit(
                    TestSite.Collection,
                    document,
                    passages[number],
                    Encoding.UTF8.GetString(prepared.Text.Span[passages[number].Start..passages[number].End]),
                    Score: 1,
                    Highlights: [])),
            ]);
    }

    private static int SizeOf(PassageHit hit) =>
        Encoding.UTF8.GetByteCount(new ShownSection(hit, document: null).Describe(AnswerWords.French));

    private static string Filler(string word, int paragraphs) => string.Join(
        "\n\n",
        Enumerable.Range(0, paragraphs).Select(number =>
            $"{word}{number} " + string.Join(' ', Enumerable.Range(0, 70).Select(at => $"texte{at}")) + "."));

    private async Task<PassageHit> FindAsync(string query) => (await _site.SearchAsync(query))[0];

    private async Task<IReadOnlyList<ShownSection>> ChooseAsync(int size, params PassageHit[] hits) =>
        SectionChoice.Choose(
            hits,
            await new SectionReading(_site.Catalog).ReadAsync(hits, Stop),
            new PromptRoom(PassageCountMax: 8, SizeMaxBytes: size),
            AnswerWords.French);

    private async Task<string> SectionTextAsync(string first, string next)
    {
        var document = Assert.Single(await _site.DocumentsAsync());
        var text = Encoding.UTF8.GetString((await _site.Catalog.ReadBlobAsync(document.Text, Stop)).Span);
        var start = text.IndexOf(first, StringComparison.Ordinal);
        return text[start..text.IndexOf(next, StringComparison.Ordinal)].TrimEnd('#', '\n');
    }

    // Finds one passage, so that what else is shown comes from its section.
    private sealed class OneHit(IRetriever retriever) : IRetriever
    {
        public async Task<SearchResult> SearchAsync(SearchRequest request, CancellationToken cancellationToken)
        {
            var found = await retriever.SearchAsync(request, cancellationToken);
            return found with { Hits = [.. found.Hits.Where(hit => hit.Text.Contains("avant0")).Take(1)] };
        }
    }
}
