using Microsoft.Extensions.Logging;
using Terroir.Answers;
using Terroir.Retrieval;
using Terroir.Storage;

namespace Terroir.Tests.Answers;

/// <summary>Documents that are damaged, revoked or changed between the search and the check.</summary>
public sealed class DamagedDocumentsTests : IAsyncLifetime
{
    private const string Question = "À quelle heure ouvre le self du personnel ?";
    private const string Best = "Le self du personnel ouvre à 11 h 15.";
    private const string Second = "Depuis mars, le self ouvre à 11 h 45 pour le personnel.";

    private readonly TestSite _site = new();
    private readonly LogLines _log = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _site.Source.Write("permissions.yaml", "allow: [everyone]");
        _site.Source.Write("self.md", $"# Self\n\n{Best}\n");
        await _site.AddSourceAsync();
        await _site.SyncAsync();
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_damaged_document_is_left_out_and_the_rest_answers_with_a_notice()
    {
        await AddSecondAsync();
        await DamageAsync("self.md");

        var answer = await AskAsync();

        Assert.Equal($"{Second} [1]", answer.Text);
        Assert.Equal([AnswerWords.French.Damaged], answer.Notices);
        Assert.Contains("TER5003", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damage_that_comes_after_the_search_is_found_by_the_check()
    {
        await AddSecondAsync();
        Assert.StartsWith(Best, (await AskAsync()).Text, StringComparison.Ordinal);
        await DamageAsync("self.md");

        var answer = await AskAsync();

        Assert.Equal($"{Second} [1]", answer.Text);
        Assert.Equal([AnswerWords.French.Damaged], answer.Notices);
    }

    [Fact]
    public async Task When_only_a_damaged_document_answers_the_refusal_says_so()
    {
        await DamageAsync("self.md");

        var answer = await AskAsync();

        Assert.True(answer.IsRefused);
        Assert.Equal(AnswerWords.French.Refusal, answer.Text);
        Assert.Equal([AnswerWords.French.Damaged], answer.Notices);
    }

    [Fact]
    public async Task A_missing_document_is_left_out_like_a_damaged_one()
    {
        await AddSecondAsync();
        File.Delete(PathOf(await FindAsync("second.md")));

        var answer = await AskAsync();

        Assert.Equal($"{Best} [1]", answer.Text);
        Assert.Equal([AnswerWords.French.Damaged], answer.Notices);
        Assert.Contains("TER5002", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damage_to_what_the_asker_may_not_read_is_not_told()
    {
        _site.Source.Write("secret/permissions.yaml", "inherit: false\nallow: ['group:direction']");
        _site.Source.Write("secret/self.md", $"# Self\n\n{Second}\n");
        await _site.SyncAsync();
        await DamageAsync("secret/self.md");

        var answer = await AskAsync();

        Assert.Equal($"{Best} [1]", answer.Text);
        Assert.Empty(answer.Notices);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task A_revocation_between_search_and_check_leaves_the_rest_and_no_notice()
    {
        await AddSecondAsync();
        var answerer = new CitedAnswerer(
            new LateRetriever(_site.Retriever, RevokeAsync),
            new QuotingComposer(),
            _site.Catalog,
            _log);

        var answer = await AskAsync(answerer);

        Assert.Equal($"{Second} [1]", answer.Text);
        Assert.Empty(answer.Notices);
        Assert.Empty(_log.Lines);
    }

    private async Task RevokeAsync()
    {
        _site.Source.Write(
            "permissions.yaml",
            "allow: [everyone]\nfiles:\n  'self.md': { inherit: false, allow: ['group:direction'] }");
        await _site.SyncAsync();
    }

    private async Task AddSecondAsync()
    {
        _site.Source.Write("second.md", $"# Self\n\n{Second}\n");
        await _site.SyncAsync();
    }

    // Turns one bit of the document's canonical text, as a bad disk would.
    private async Task DamageAsync(string path)
    {
        var document = await FindAsync(path);
        await using var file = File.Open(PathOf(document), FileMode.Open, FileAccess.ReadWrite);
        file.Position = document.Text.Offset;
        var value = file.ReadByte();
        file.Position = document.Text.Offset;
        file.WriteByte((byte)(value ^ 1));
    }

    private string PathOf(DocumentVersion document)
    {
        var key = document.Text.Container.Hex;
        return Path.Combine(_site.Data.Path, "objects", "b", key[..2], key);
    }

    private async Task<DocumentVersion> FindAsync(string path)
    {
        var state = await _site.Catalog.ReadStateAsync(TestSite.Collection, 0, Stop);
        return state!.Documents.Select(row => row.Document)
            .Single(document => string.Equals(document.Path, path, StringComparison.Ordinal));
    }

    private Task<Answer> AskAsync(IAnswerer? answerer = null) =>
        (answerer ?? new CitedAnswerer(_site.Retriever, new QuotingComposer(), _site.Catalog, _log)).AskAsync(
            new AskRequest { Question = Question, Asker = TestSite.Everyone },
            Stop);

    /// <summary>Lets something happen after a search and before its hits are used.</summary>
    private sealed class LateRetriever(IRetriever retriever, Func<Task> then) : IRetriever
    {
        public async Task<SearchResult> SearchAsync(
            SearchRequest request,
            CancellationToken cancellationToken)
        {
            var result = await retriever.SearchAsync(request, cancellationToken);
            await then();
            return result;
        }
    }

    private sealed class LogLines : ILogger<CitedAnswerer>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) => Lines.Add(formatter(state, exception));
    }
}
