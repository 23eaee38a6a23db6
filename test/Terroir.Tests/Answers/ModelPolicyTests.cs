using Microsoft.Extensions.Logging.Abstractions;
using Terroir.Answers;
using Terroir.Answers.Sections;
using Terroir.Models;
using Terroir.Protection;
using Terroir.Protection.PersonalData;
using Terroir.Protection.Vault;
using Terroir.Sovereignty;
using Terroir.Storage;
using Terroir.Storage.Embedded;
using Terroir.Tests.Models;

namespace Terroir.Tests.Answers;

/// <summary>Policies of the site between passages and a model.</summary>
public sealed class ModelPolicyTests : IAsyncLifetime
{
    private const string Question = "Combien coûte l'abonnement mensuel ?";
    private const string Price = "L’abonnement mensuel coûte 12 €.";

    private const string Elsewhere = """
        @id("public-anywhere")
        permit (principal, action == Action::"process", resource)
        when { context.labels.classification == 0 };
        @id("no-contact")
        forbid (principal, action, resource)
        when { !resource.isLocal && context.labels.personal.contains("contact") };
        """;

    private const string Redacted = """
        @id("names-hidden")
        permit (principal, action == Action::"processRedacted", resource)
        when { context.labels.classification == 0 };
        @id("no-health")
        forbid (principal, action, resource)
        when { !resource.isLocal && context.labels.personal.contains("health") };
        """;

    private readonly TestSite _site = new(isSealed: true);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_site_without_policies_sends_what_its_gate_lets_pass()
    {
        var (answer, model) = await AskAsync(label: "", policies: null);

        Assert.Single(model.Prompts);
        Assert.Empty(answer.Notices);
        Assert.Null(answer.Evidence!.Verdict);
    }

    [Theory]
    [InlineData("public", "")]
    [InlineData("Public", " Voir le plan.")]
    public async Task What_a_policy_permits_is_sent(string label, string more)
    {
        var (answer, model) = await AskAsync(label, Elsewhere, more);

        Assert.Single(model.Prompts);
        Assert.Equal("petit", answer.Provider);
        Assert.Equal(["public-anywhere"], answer.Evidence!.Verdict!.Decision.Reasons, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("", "", "-", ProcessingOutcome.Deny)]
    [InlineData("confidentiel", "", "-", ProcessingOutcome.Deny)]
    [InlineData("public", " Écrire à marie.dupont@exemple.fr.", "no-contact", ProcessingOutcome.LocalOnly)]
    public async Task What_none_permits_or_one_forbids_is_not_sent_and_extracts_answer(
        string label,
        string more,
        string policies,
        ProcessingOutcome outcome)
    {
        var (answer, model) = await AskAsync(label, Elsewhere, more);

        Assert.Empty(model.Prompts);
        Assert.Contains(Price, answer.Text, StringComparison.Ordinal);
        Assert.Equal("extractive", answer.Provider);
        Assert.Contains($"({policies})", Assert.Single(answer.Notices), StringComparison.Ordinal);
        Assert.Equal(outcome, answer.Evidence!.Verdict!.Decision.Outcome);
    }

    [Fact]
    public async Task What_is_personal_in_a_title_counts_since_titles_are_sent()
    {
        var (answer, model) = await AskAsync("public", Elsewhere, title: "Stationnement, 04 72 11 22 33");

        Assert.Empty(model.Prompts);
        Assert.Equal(["no-contact"], answer.Evidence!.Verdict!.Decision.Against, StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_model_of_this_machine_is_local()
    {
        var (_, model) = await AskAsync(
            "secret",
            SitePolicies.Default,
            options: new ModelsOptions { Model = "petit", Endpoint = "http://127.0.0.1:8080/v1" });

        Assert.Single(model.Prompts);
    }

    [Fact]
    public async Task Where_only_this_machine_may_the_receipt_says_so()
    {
        var (answer, model) = await AskAsync("secret", SitePolicies.Default);

        Assert.Empty(model.Prompts);
        Assert.Equal(ProcessingOutcome.LocalOnly, answer.Evidence!.Verdict!.Decision.Outcome);
    }

    [Theory]
    [InlineData("soins", 1)]
    [InlineData("recherche", 0)]
    [InlineData("", 0)]
    public async Task Purposes_that_the_site_gives_to_a_label_bind_what_is_asked(string purpose, int sent)
    {
        const string Policies = """
            @id("anything")
            permit (principal, action == Action::"process", resource);
            @id("for-its-purpose")
            forbid (principal, action, resource)
            when { context.labels has purposes }
            unless { context has purpose && context.labels.purposes.contains(context.purpose) };
            """;
        var labels = new LabelRules(
            [new LabelRule { Label = "dossier", Labels = new DataLabels { Purposes = ["soins"] } }]);

        var (_, model) = await AskAsync("dossier", Policies, labels: labels, purpose: purpose);

        Assert.Equal(sent, model.Prompts.Count);
    }

    [Fact]
    public async Task What_may_be_sent_redacted_is_sent_with_pseudonyms_and_the_answer_has_the_names()
    {
        const string Data = " Madame Jeanne Martin vend l'abonnement, au 04 72 11 22 33.";
        var (answer, model) = await AskAsync(
            "public",
            Redacted,
            Data,
            written: "[PERSON_1] vend l'abonnement au [PHONE_1] [1].");

        var prompt = Assert.Single(model.Prompts);
        Assert.Contains("[PERSON_1] vend l'abonnement, au [PHONE_1].", prompt, StringComparison.Ordinal);
        Assert.DoesNotContain("Martin", prompt, StringComparison.Ordinal);
        Assert.DoesNotContain("04 72", prompt, StringComparison.Ordinal);
        Assert.Contains("Jeanne Martin vend l'abonnement au 04 72 11 22 33", answer.Text, StringComparison.Ordinal);
        Assert.Equal("petit", answer.Provider);
        Assert.Contains("(names-hidden)", Assert.Single(answer.Notices), StringComparison.Ordinal);
        Assert.Equal(ProcessingOutcome.AllowRedacted, answer.Evidence!.Verdict!.Decision.Outcome);
    }

    [Fact]
    public async Task What_pseudonyms_stood_for_is_kept_under_the_key_of_the_document_before_it_is_sent()
    {
        var vault = VaultIn(_site.Objects);
        var (answer, model) = await AskAsync(
            "public",
            Redacted,
            " Madame Jeanne Martin vend l'abonnement.",
            written: "[PERSON_1] vend l'abonnement [1].",
            vault: vault);

        Assert.Single(model.Prompts);
        var notice = Assert.Single(answer.Notices);
        var name = notice[(notice.LastIndexOf(' ') + 1)..^1];
        var found = await vault.FindAsync(PseudonymReference.TryParse($"{name}/PERSON_1")!, Stop);
        Assert.Equal("Jeanne Martin", found?.Value);
        Assert.Equal(Assert.Single(await _site.DocumentsAsync()).Id, found?.Source?.Document);
    }

    [Fact]
    public async Task Nothing_is_sent_where_pseudonyms_cannot_be_kept()
    {
        using var folder = new TestFolder();
        folder.Write("a", "in the way");

        var (answer, model) = await AskAsync(
            "public",
            Redacted,
            " Madame Jeanne Martin vend.",
            vault: VaultIn(new FolderObjectStore(folder.Path, TimeProvider.System)));

        Assert.Empty(model.Prompts);
        Assert.Equal("extractive", answer.Provider);
    }

    [Fact]
    public async Task A_number_of_a_patient_is_not_sent_redacted_where_health_must_not_leave()
    {
        var (answer, model) = await AskAsync("public", Redacted, " Dossier IPP-1234567 de Madame Jeanne Martin.");

        Assert.Empty(model.Prompts);
        Assert.Equal("extractive", answer.Provider);
    }

    [Fact]
    public async Task Policies_that_cannot_be_used_let_nothing_pass()
    {
        var (answer, model) = await AskAsync("public", "permit (principal");

        Assert.Empty(model.Prompts);
        Assert.Equal("extractive", answer.Provider);
        Assert.Single(answer.Notices);
    }

    private PseudonymVault VaultIn(IObjectStore objects) => new(
        objects,
        "test",
        new RingCipher((KeyRing)_site.Keys!, isSealing: true),
        _site.Keys!,
        TimeSpan.FromDays(30),
        TimeProvider.System);

    private async Task<(Answer Answer, ScriptedModel Model)> AskAsync(
        string label,
        string? policies,
        string more = "",
        ModelsOptions? options = null,
        string title = "Stationnement",
        string written = "L'abonnement mensuel coûte 12 euros [1].",
        PseudonymVault? vault = null,
        LabelRules? labels = null,
        string purpose = "")
    {
        _site.Source.Write(
            "permissions.yaml",
            label.Length == 0 ? "allow: [everyone]" : $"allow: [everyone]\nlabel: {label}");
        _site.Source.Write("a.md", $"# {title}\n\n{Price}{more}");
        await _site.AddSourceAsync();
        await _site.SyncAsync();
        var model = new ScriptedModel(written);
        var answerer = new CitedAnswerer(
            _site.Retriever,
            new GenerativeComposer(
                model,
                options ?? new ModelsOptions { Model = "petit", Endpoint = "https://models.example.org/v1" },
                new SectionReading(_site.Catalog),
                NullLogger<GenerativeComposer>.Instance,
                local: null,
                new ModelPolicy(
                    new WrittenPolicies(policies),
                    new Lazy<PersonalDataScanner>(() => new PersonalDataScanner(
                        new PersonalDataOptions { PatientNumber = @"\bIPP-\d{7}\b" })),
                    labels ?? LabelRules.None,
                    vault)),
            _site.Catalog);
        return (await answerer.AskAsync(
            new AskRequest { Question = Question, Asker = TestSite.Everyone, Purpose = purpose },
            Stop), model);
    }
}
