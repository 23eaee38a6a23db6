using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Terroir.Access;
using Terroir.Answers;
using Terroir.Answers.Conversations;
using Terroir.Audit;
using Terroir.Energy;
using Terroir.Models;
using Terroir.Protection.PersonalData;
using Terroir.Provenance.Events;
using Terroir.Sovereignty;
using Terroir.Storage;
using Terroir.Tests.Audit;
using Terroir.Tests.Models;

namespace Terroir.Tests.Answers;

/// <summary>What the ledger has of a model that makes a question stand alone, and how long it may take.</summary>
public sealed class FollowUpRewriterTests : IAsyncDisposable
{
    private const string Earlier = "Où se retire le badge provisoire ?";
    private const string Question = "Et le badge, il se retire où ?";
    private const string Whole = "Où se retire le badge provisoire, et où est le badge ?";

    private const string Elsewhere = """
        @id("anywhere")
        permit (principal, action == Action::"process", resource);
        @id("not-paul")
        forbid (principal == User::"paul", action, resource);
        """;

    private readonly LedgerSite _site = new();
    private readonly FakeTimeProvider _time = new(LedgerSite.Noon);
    private readonly EventLog _log;

    public FollowUpRewriterTests() => _log = new EventLog(
        _site.Ledger,
        new PersonKeys(new ConfidentialObjects(_site.Objects, _site.Identity)),
        _time);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_policies_permit_is_in_the_ledger_with_the_model_and_where_it_is()
    {
        using var model = new ScriptedModel(Whole);

        Assert.Equal(Whole, await AskAsync(model, Elsewhere));

        var row = Assert.Single(await FindAsync()).Row;
        Assert.Equal(("user:anne", "petit"), (row.Actor, row.Subject));
        Assert.Equal(
            [
                ("model", "follow-up\npetit\nmodels.example.org"),
                ("policies", new WrittenPolicies(Elsewhere).Find()!.Digest.Hex),
                ("detail", "allow\nanywhere"),
            ],
            Open(row));
    }

    [Fact]
    public async Task What_they_forbid_is_in_the_ledger_and_no_model_is_asked()
    {
        using var model = new ScriptedModel(Whole);

        Assert.Null(await AskAsync(model, Elsewhere, user: "paul"));

        var row = Assert.Single(await FindAsync()).Row;
        Assert.Equal("user:paul", row.Actor);
        Assert.Equal(("detail", "deny\nnot-paul"), Open(row)[^1]);
        Assert.Empty(model.Prompts);
    }

    [Fact]
    public async Task The_model_of_this_machine_is_decided_on_and_logged_as_such()
    {
        using var model = new ScriptedModel(Whole);

        Assert.Equal(Whole, await AskAsync(model, Elsewhere, isLocal: true));

        Assert.Equal(("model", "follow-up\nlocal-1\nin-process"), Open(Assert.Single(await FindAsync()).Row)[0]);
    }

    [Fact]
    public async Task Nothing_is_sent_where_the_decision_cannot_be_logged()
    {
        await _site.AppendAsync(0, 3);
        await File.WriteAllTextAsync(Path.Combine(_site.LedgerFolder, "checkpoint"), "none", Stop);
        _site.Reopen();
        await using var log = new EventLog(
            _site.Ledger,
            new PersonKeys(new ConfidentialObjects(_site.Objects, _site.Identity)),
            _time);
        using var model = new ScriptedModel(Whole);

        Assert.Null(await AskAsync(model, Elsewhere, log: log));
        Assert.Empty(model.Prompts);
    }

    [Fact]
    public async Task A_site_without_policies_decides_nothing()
    {
        using var model = new ScriptedModel(Whole);

        Assert.Equal(Whole, await AskAsync(model, policies: null));
        Assert.Empty(await FindAsync());
    }

    [Fact]
    public async Task A_model_that_never_answers_is_left_for_the_rules_when_its_time_is_over()
    {
        using var model = new ScriptedModel(_ => []) { Hangs = true };
        var rewriting = AskAsync(model, Elsewhere);
        await model.Hung.WaitAsync(Stop);

        _time.Advance(FollowUpRewriter.Timeout - TimeSpan.FromMilliseconds(1));
        Assert.False(rewriting.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Null(await rewriting.WaitAsync(TimeSpan.FromMinutes(1), Stop));
    }

    [Fact]
    public async Task Who_hangs_up_stops_the_model_and_gets_no_question()
    {
        using var model = new ScriptedModel(_ => []) { Hangs = true };
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var outcome = Record.ExceptionAsync(() => AskAsync(model, Elsewhere, cancellationToken: caller.Token));
        await model.Hung.WaitAsync(Stop);

        await caller.CancelAsync();

        Assert.IsAssignableFrom<OperationCanceledException>(await outcome);
    }

    public async ValueTask DisposeAsync()
    {
        await _log.DisposeAsync();
        await _site.DisposeAsync();
    }

    private Task<string?> AskAsync(
        ScriptedModel model,
        string? policies,
        string user = "anne",
        bool isLocal = false,
        EventLog? log = null,
        CancellationToken? cancellationToken = null)
    {
        var options = new ModelsOptions { Model = "petit", Endpoint = "https://models.example.org/v1" };
        var rewriter = new FollowUpRewriter(
            isLocal ? null : model,
            isLocal ? new OneLocalModel("local-1", model) : null,
            isLocal ? new ModelsOptions { Local = "local-1" } : options,
            _time,
            NullLogger<FollowUpRewriter>.Instance,
            new ModelPolicy(
                new WrittenPolicies(policies),
                new Lazy<PersonalDataScanner>(() => new PersonalDataScanner(new PersonalDataOptions())),
                LabelRules.None,
                vault: null,
                log ?? _log));
        return rewriter.RewriteAsync(
            new AskRequest { Question = Question, Asker = new Asker(user, []) },
            [Earlier],
            new EnergyCount(),
            cancellationToken ?? Stop);
    }

    private Task<IReadOnlyList<PlacedLedgerRow>> FindAsync() =>
        _site.Metastore.Ledger.FindAsync(new LedgerQuery { Kind = EventKinds.Decided }, Stop);

    private static (string Role, string Text)[] Open(LedgerRow row) =>
    [
        .. LedgerEvent.Parse(row.Kind, row.Time, row.Detail!).Subjects
            .Select(subject => (subject.Role, Encoding.UTF8.GetString(subject.Opening!.Content))),
    ];
}
