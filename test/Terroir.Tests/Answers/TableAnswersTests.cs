using System.Text;
using Terroir.Answers;
using Terroir.Answers.Sections;
using Terroir.Catalog;
using Terroir.Documents;
using Terroir.Ingestion;
using Terroir.Models;
using Terroir.Retrieval;
using Terroir.Tests.Retrieval;

namespace Terroir.Tests.Answers;

/// <summary>A row is shown, indexed and handed to a model with the names of its columns, whatever header its table
/// has.</summary>
public sealed class TableAnswersTests : IAsyncDisposable
{
    private readonly TestSite _site = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_column_below_two_header_rows_has_both_for_a_name()
    {
        await WriteAsync(2, Row("Service", "Visites", "") with { Spans = [new CellSpan(1, 2, 1)] },
            Row("", "début", "fin"), Row("Cardiologie", "13 h", "20 h"), Row("Pédiatrie", "10 h", "21 h"));

        var answer = await AskAsync("À quelle heure finissent les visites en cardiologie ?");

        Assert.Equal("Service : Cardiologie – Visites, début : 13 h – Visites, fin : 20 h [1]", answer.Text);
        Assert.Equal("| Cardiologie | 13 h | 20 h |", answer.Citations[0].Quote);
    }

    [Fact]
    public async Task A_table_without_a_header_row_gets_none()
    {
        await WriteAsync(0, Row("Accueil de nuit", "poste 4118"), Row("Pharmacie de garde", "poste 4200"));

        var answer = await AskAsync("Quel est le poste de l'accueil de nuit ?");
        var second = await AskAsync("Quel est le poste de la pharmacie de garde ?");

        Assert.Equal("Accueil de nuit – poste 4118 [1]", answer.Text);
        Assert.Equal("Pharmacie de garde – poste 4200 [1]", second.Text);
    }

    [Fact]
    public async Task Rows_of_a_later_passage_are_found_by_the_names_of_their_columns_and_quoted_without_them()
    {
        await WriteAsync(1, [
            Row("Salle", "Contenance"),
            .. Enumerable.Range(1, 150).Select(number => Row($"Bloc {number}", $"{number + 300} lits")),
        ]);

        var hit = (await _site.SearchAsync("contenance bloc 140"))
            .First(hit => hit.Text.Contains("| Bloc 140 |", StringComparison.Ordinal));
        var prompt = PassagePrompt.Write(
            new AskRequest { Question = "contenance ?", Asker = TestSite.Everyone },
            SectionChoice.Choose([hit], new Dictionary<(CollectionId, DocumentId), DocumentPassages>(),
                PromptRoom.Of(new ModelsOptions()), AnswerWords.French));

        Assert.DoesNotContain("Contenance", hit.Text, StringComparison.Ordinal);
        Assert.Equal("Salle | Contenance", Terroir.Answers.Extractive.ShownText.Names(hit.Tables[0].Header));
        Assert.Contains("Colonnes : Salle | Contenance\n| Bloc", prompt.Messages[1].Text, StringComparison.Ordinal);
        Assert.All(
            await _site.SearchAsync("contenance"),
            found => Assert.StartsWith("| ", found.Text, StringComparison.Ordinal));
        Assert.True((await _site.SearchAsync("contenance")).Count > 3);
    }

    [Fact]
    public async Task A_passage_that_was_cut_before_tables_were_kept_takes_the_row_above_the_rule()
    {
        await _site.Catalog.CreateCollectionAsync(TestSite.Collection, Stop);
        await using var writer = await _site.Catalog.OpenWriterAsync(TestSite.Collection, Stop);
        var text = "| Salle | Lits |\n|---|---|\n| Bloc 1 | 301 |";
        var document = TestDocuments.Prepare("t.md", text) with
        {
            Passages =
            [
                new Passage
                {
                    Ordinal = 0,
                    Start = 27,
                    End = Encoding.UTF8.GetByteCount(text),
                    Language = "fr",
                    Places = [new PlacedSpan(27, text.Length, SourcePlace.Whole)],
                },
            ],
        };
        await writer.CommitAsync(new CatalogChange { Added = [document] }, Stop);

        var hit = Assert.Single(await _site.SearchAsync("bloc"));

        Assert.Equal(new TableRows(0, hit.Text.Length, 0, "| Salle | Lits |"), Assert.Single(hit.Tables));
    }

    private static TableRow Row(params string[] cells) => new(cells, SourcePlace.Whole);

    private async Task WriteAsync(int headers, params TableRow[] rows)
    {
        var document = new ExtractedDocument
        {
            MediaType = "text/plain",
            Reader = "test",
            Title = "Annuaire",
            Blocks = [new TableBlock(rows, headers, SourcePlace.Whole)],
        };
        var file = new SourceFile(
            TestSite.Collection, "s", "annuaire.xlsx", DateTimeOffset.UnixEpoch, TestDocuments.Open, "");
        await _site.Catalog.CreateCollectionAsync(TestSite.Collection, Stop);
        await using var writer = await _site.Catalog.OpenWriterAsync(TestSite.Collection, Stop);
        await writer.CommitAsync(
            new CatalogChange { Added = [DocumentPreparer.Prepare(file, document, "x"u8.ToArray())!] },
            Stop);
    }

    private Task<Answer> AskAsync(string question) =>
        _site.Answerer.AskAsync(new AskRequest { Question = question, Asker = TestSite.Everyone }, Stop);
}
