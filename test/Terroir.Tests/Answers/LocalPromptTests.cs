using System.Text;
using CsCheck;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using Terroir.Answers;
using Terroir.Answers.Sections;
using Terroir.Models;
using Terroir.Retrieval;
using Terroir.Tests.Models;

namespace Terroir.Tests.Answers;

public sealed class LocalPromptTests : IAsyncLifetime
{
    private const string Question = "Combien de lits a le bâtiment Érable ?";

    private readonly TestSite _site = new();
    private readonly List<LocalRequest> _requests = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _site.Source.Write("permissions.yaml", "allow: [everyone]");
        var sentences = Enumerable.Range(1, 12).Select(number =>
            $"Le bâtiment {number} a été rénové en {1990 + number}.");
        _site.Source.Write(
            "a.md",
            $"# Bâtiments\n\n{string.Join(' ', sentences)} Le bâtiment Érable a 120 lits. Il ferme à 20 h.\n");
        _site.Source.Write("b.md", "# Lits\n\nUn lit du bâtiment Érable est refait chaque matin à 7 h.\n");
        await _site.AddSourceAsync();
        await _site.SyncAsync();
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_prompt_fits_the_context_shows_whole_sentences_and_is_the_same_each_time()
    {
        var found = await FindAsync();
        var documents = await new SectionReading(_site.Catalog).ReadAsync(found.Hits, Stop);
        var isPart = false;
        Gen.Int[380, 800].Sample(
            context =>
            {
                var model = Model(context, new ScriptedModel(""));
                if (Write(model, found, documents) is not { } prompt)
                {
                    return;
                }

                Assert.InRange(
                    model.CountTokens(prompt.Messages), 1, context - Math.Min(512, context / LocalPrompt.AnswerShare));
                foreach (var shown in prompt.Passages)
                {
                    var whole = found.Hits.Single(hit => hit.Document.Id == shown.Document.Id
                        && hit.Passage.Ordinal == shown.Passage.Ordinal);
                    var ends = SentenceSplitter.Split(whole.Text).ToArray();
                    var start = whole.Text.IndexOf(shown.Text, StringComparison.Ordinal);
                    Assert.Contains(ends, sentence => sentence.Start == start);
                    Assert.Contains(ends, sentence => sentence.End == start + shown.Text.Length);
                    Assert.Equal(
                        whole.Passage.Start + Encoding.UTF8.GetByteCount(whole.Text[..start]),
                        shown.Passage.Start);
                    isPart |= shown.Text.Length < whole.Text.Length;
                }

                Assert.Equal(
                    prompt.Messages.Select(message => message.Text),
                    Write(model, found, documents)!.Messages.Select(message => message.Text),
                    StringComparer.Ordinal);
            },
            iter: 100,
            threads: 1);
        Assert.True(isPart);
    }

    [Fact]
    public async Task A_part_of_a_passage_is_cited_by_its_bytes()
    {
        using var model = new ScriptedModel(prompt => prompt.Contains("120 lits", StringComparison.Ordinal)
            ? ["Le bâtiment Érable a 120 lits [2]."]
            : ["Rien."]);

        var answer = await AskAsync(Model(context: 640, model));

        var citation = answer.Citations[0];
        var version = await _site.Catalog.FindDocumentAsync(citation.Collection, citation.Document, Stop);
        var text = await _site.Catalog.ReadBlobAsync(version!.Text, Stop);
        Assert.Equal("Le bâtiment Érable a 120 lits.", citation.Quote);
        Assert.Equal(citation.Quote, Encoding.UTF8.GetString(text.Span[citation.Start..citation.End]));
        Assert.DoesNotContain("bâtiment 1 ", Assert.Single(model.Prompts), StringComparison.Ordinal);
        Assert.Equal("petit", answer.Provider);
    }

    [Fact]
    public async Task No_room_for_a_sentence_gives_extracts_with_a_notice()
    {
        using var model = new ScriptedModel("Rien.");

        var answer = await AskAsync(Model(context: 300, model));

        Assert.Equal("extractive", answer.Provider);
        Assert.False(answer.IsRefused);
        Assert.StartsWith("Le modèle n'a pas pu répondre", answer.Notices[0], StringComparison.Ordinal);
        Assert.Empty(model.Prompts);
    }

    [Fact]
    public async Task The_engine_is_told_what_may_be_cited_and_who_may_share_what_it_computed()
    {
        using var model = new ScriptedModel("Rien.");
        await AskAsync(Model(4_000, model));
        await AskAsync(Model(4_000, model));

        Assert.Equal(_requests[0], _requests[1]);
        Assert.InRange(_requests[0].Passages, 1, 2);
        Assert.Equal("everyone\0user:anyone", _requests[0].Permissions);
        Assert.StartsWith($"{TestSite.Collection.Value}\0", _requests[0].Generation, StringComparison.Ordinal);

        await _site.SyncAsync();
        _site.Source.Write("c.md", "# Autre\n\nAutre texte.\n");
        await _site.SyncAsync();
        await AskAsync(Model(4_000, model));
        Assert.NotEqual(_requests[1].Generation, _requests[2].Generation, StringComparer.Ordinal);
    }

    private static PassagePrompt? Write(
        LocalModel model,
        SearchResult found,
        IReadOnlyDictionary<(CollectionId, DocumentId), DocumentPassages> documents)
    {
        try
        {
            return new LocalPrompt(model, new ModelsOptions()).Write(Request(), found.Hits, documents);
        }
        catch (ModelLimitException exception)
        {
            Assert.Equal(ModelLimit.Context, exception.Limit);
            return null;
        }
    }

    private static AskRequest Request() => new() { Question = Question, Asker = TestSite.Everyone };

    private LocalModel Model(int context, IChatClient client) => new(
        "petit",
        client,
        ContentHash.Of("card"u8),
        ContentHash.Of("weights"u8),
        ContentHash.Of("words"u8),
        context,
        messages => messages.Sum(message => Encoding.UTF8.GetByteCount(message.Text) / 3) + 4,
        request =>
        {
            _requests.Add(request);
            return new ChatOptions();
        });

    private Task<SearchResult> FindAsync() => _site.Retriever.SearchAsync(
        new SearchRequest { Query = Question, Asker = TestSite.Everyone, Count = 16, PerDocument = 16 },
        Stop);

    private Task<Answer> AskAsync(LocalModel model) => new CitedAnswerer(
        _site.Retriever,
        new GenerativeComposer(
            model.Client,
            new ModelsOptions { Model = "petit" },
            new SectionReading(_site.Catalog),
            NullLogger<GenerativeComposer>.Instance,
            model),
        _site.Catalog).AskAsync(Request(), Stop);
}
