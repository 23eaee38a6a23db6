using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Terroir.Answers;
using Terroir.Answers.Sections;
using Terroir.Energy;
using Terroir.Models;
using Terroir.Protection.PersonalData;
using Terroir.Sovereignty;
using Terroir.Tests.Models;

namespace Terroir.Tests.Answers;

public sealed class ChosenComposerTests : IAsyncLifetime
{
    private const string Id = "petit-0123456789ab";
    private const string Sentence = "La cantine ouvre à midi";

    private readonly TestSite _site = new();
    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedModel _server = new($"{Sentence} [1].");
    private readonly ScriptedModel _local = new($"{Sentence} [1].");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _site.Source.Write("permissions.yaml", "allow: [everyone]");
        _site.Source.Write("cantine.md", $"# Cantine\n\n{Sentence} tous les jours.");
        await _site.AddSourceAsync();
        await _site.SyncAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        _server.Dispose();
        _local.Dispose();
    }

    [Fact]
    public async Task Without_a_word_the_settings_say_who_writes()
    {
        Assert.Equal("extractive", (await AskAsync(new ModelsOptions(), server: null)).Provider);
        Assert.Equal("grand", (await AskAsync(Server(), _server)).Provider);
        Assert.Equal(Id, (await AskAsync(new ModelsOptions { Local = Id }, server: null)).Provider);
    }

    [Fact]
    public async Task The_request_says_who_writes()
    {
        Assert.Equal("extractive", (await AskAsync(Server(), _server, "extractive")).Provider);
        Assert.Equal("grand", (await AskAsync(Server(), _server, "grand")).Provider);
        Assert.Equal(Id, (await AskAsync(Server(), _server, Id)).Provider);
        Assert.Equal("extractive", (await AskAsync(new ModelsOptions { Local = Id }, null, "extractive")).Provider);
    }

    [Fact]
    public async Task What_the_policies_keep_from_the_server_a_model_of_this_machine_answers()
    {
        var options = new ModelsOptions { Endpoint = "https://models.example.org/v1", Model = "grand", Local = Id };
        var free = await AskAsync(options, _server);
        var kept = await AskAsync(options, _server, policies: SitePolicies.Parse(
            new Dictionary<string, string>(StringComparer.Ordinal)));

        Assert.Equal("grand", free.Provider);
        Assert.Single(_server.Prompts);
        Assert.Equal(Id, kept.Provider);
        Assert.Contains("« grand »", Assert.Single(kept.Notices), StringComparison.Ordinal);
        Assert.True(kept.Evidence!.Verdict!.IsAllowed);
    }

    [Fact]
    public async Task Policies_know_the_carbon_of_what_would_answer()
    {
        var policies = SitePolicies.Parse(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["carbon.cedar"] = """
                @id("all")
                permit (principal, action, resource);
                @id("carbon")
                forbid (principal, action, resource)
                when { resource has carbonGramsPerKilowattHour && resource.carbonGramsPerKilowattHour > 400 };
                """,
        });

        var unknown = await AskAsync(Server(), _server, policies: policies);
        var clean = await AskAsync(Server(carbon: 400), _server, policies: policies);
        var dirty = await AskAsync(Server(carbon: 401), _server, policies: policies);
        var here = await AskAsync(
            new ModelsOptions { Local = Id, LocalPower = new DeclaredPower { CarbonGramsPerKilowattHour = 401 } },
            server: null,
            policies: policies);

        Assert.All([unknown, clean], answer => Assert.Equal("grand", answer.Provider));
        Assert.All([dirty, here], answer => Assert.Equal("extractive", answer.Provider));
        Assert.Contains("carbon", Assert.Single(dirty.Notices), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_models_took_is_told_where_the_power_of_all_that_answered_is_known()
    {
        var power = new DeclaredPower { MinWatts = 20, MaxWatts = 50 };
        using var slow = new ScriptedModel(_ =>
        {
            _time.Advance(TimeSpan.FromSeconds(2));
            return [$"{Sentence} [1]."];
        });

        var server = await AskAsync(
            new ModelsOptions { Endpoint = "http://127.0.0.1:1/v1", Model = "grand", Power = power }, slow);
        var here = await AskAsync(new ModelsOptions { Local = Id, LocalPower = power }, server: null, local: slow);
        var unknown = await AskAsync(Server(), slow);
        var extracts = await AskAsync(Server(), slow, "extractive");

        Assert.Equal(new ModelledEnergy(0, 100_000), server.Evidence!.Energy);
        Assert.Equal(new ModelledEnergy(0, 100_000), here.Evidence!.Energy);
        Assert.Null(unknown.Evidence!.Energy);
        Assert.Null(extracts.Evidence!.Energy);
    }

    [Fact]
    public async Task A_receipt_names_the_files_of_a_model_of_this_machine()
    {
        var answer = await AskAsync(new ModelsOptions(), server: null, Id);
        var model = answer.Evidence!.Model!.ToFacts().Model;
        Assert.Equal(Id, model.Id);
        Assert.Equal("in-process", model.Endpoint);
        Assert.Equal(ContentHash.Of("card"u8), model.Card);
        Assert.Equal(ContentHash.Of("weights"u8), model.Weights);
        Assert.Equal(ContentHash.Of("words"u8), model.Tokenizer);
        Assert.False(model.IsReplayable);
    }

    [Fact]
    public async Task A_model_of_this_machine_can_cite_only_what_it_was_shown()
    {
        await AskAsync(new ModelsOptions(), server: null, Id);
        Assert.Equal(1, Assert.Single(_local.Options)!.AdditionalProperties!["citations"]);
    }

    [Fact]
    public async Task A_model_that_is_missing_or_breaks_is_answered_for_by_extracts_that_say_so()
    {
        var missing = await AskAsync(new ModelsOptions(), server: null, "none");
        using var broken = new ScriptedModel("Le") { Failure = new ModelLimitException(ModelLimit.Context, 9, 8) };
        var stopped = await AskAsync(new ModelsOptions(), server: null, Id, broken);
        foreach (var answer in new[] { missing, stopped })
        {
            Assert.Equal("extractive", answer.Provider);
            Assert.Contains(Sentence, answer.Text, StringComparison.Ordinal);
            Assert.Contains(AnswerWords.French.ModelFailed, answer.Notices, StringComparer.Ordinal);
        }
    }

    private static ModelsOptions Server(int? carbon = null) => new()
    {
        Endpoint = "http://127.0.0.1:1/v1",
        Model = "grand",
        Power = new DeclaredPower { CarbonGramsPerKilowattHour = carbon },
    };

    private Task<Answer> AskAsync(
        ModelsOptions options,
        IChatClient? server,
        string engine = "",
        IChatClient? local = null,
        SitePolicies? policies = null) =>
        new CitedAnswerer(
            _site.Retriever,
            new ChosenComposer(
                server,
                new OneLocalModel(Id, local ?? _local),
                options,
                new SectionReading(_site.Catalog),
                _time,
                NullLogger<GenerativeComposer>.Instance,
                new ModelPolicy(
                    new OnePolicies(policies),
                    new Lazy<PersonalDataScanner>(() => new PersonalDataScanner(new PersonalDataOptions())),
                    LabelRules.None)),
            _site.Catalog).AskAsync(
                new AskRequest
                {
                    Question = "Quand ouvre la cantine ?",
                    Asker = TestSite.Everyone,
                    Engine = engine,
                },
                Stop);

    private sealed class OnePolicies(SitePolicies? policies) : IProcessingPolicies
    {
        public SitePolicies? Find() => policies;
    }
}
