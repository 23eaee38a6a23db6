using System.Collections.Immutable;
using System.Text;
using Microsoft.Extensions.AI;
using Terroir.Access;
using Terroir.Answers.Approvals;
using Terroir.Answers.Redaction;
using Terroir.Audit;
using Terroir.Models;
using Terroir.Protection.PersonalData;
using Terroir.Protection.Vault;
using Terroir.Retrieval;
using Terroir.Sovereignty;

namespace Terroir.Answers;

/// <summary>Asks the policies of the site whether passages may be given to a model.</summary>
/// <param name="policies">The policies; a site without any decides by <see cref="ModelGate"/> alone.</param>
/// <param name="scanner">Finds what is personal in what is sent; made once policies are asked.</param>
/// <param name="labels">What the labels of documents mean.</param>
/// <param name="vault">Keeps what pseudonyms stand for; <see langword="null"/> if they cannot be reversed.</param>
/// <param name="log">The ledger, for what is decided apart from an answer.</param>
/// <param name="approvals">What people are asked to decide; <see langword="null"/> if nobody is.</param>
internal sealed class ModelPolicy(
    IProcessingPolicies policies,
    Lazy<PersonalDataScanner> scanner,
    LabelRules labels,
    PseudonymVault? vault = null,
    EventLog? log = null,
    ApprovalBook? approvals = null)
{
    private const string Operation = "generate";
    private const string GroupPrefix = "group:";

    // How many texts it is known of what is personal in them. A passage is sent again and again.
    private const int KnownMax = 8_192;

    private readonly BoundedCache<ContentHash, ImmutableSortedSet<string>> _known = new(KnownMax, _ => 1);

    // What this machine can do in the place of a model: extracts need none.
    private static readonly ProcessingEndpoint Extracts = Here("extractive");

    /// <summary>Decides.</summary>
    /// <param name="request">Who asks, and what.</param>
    /// <param name="prompt">What the model would be given.</param>
    /// <param name="options">Where a server of models is.</param>
    /// <param name="local">The model, if it is of this process.</param>
    /// <returns>What they say; <see langword="null"/> if the site has no policies.</returns>
    /// <exception cref="PolicyInvalidException">The policies cannot be used.</exception>
    public PolicyVerdict? Decide(AskRequest request, PassagePrompt prompt, ModelsOptions options, LocalModel? local)
    {
        if (policies.Find() is not { } found)
        {
            return null;
        }

        var known = LabelsOf(request, prompt);
        var decision = found.Decide(
            new ProcessingRequest(
                request.Asker.User,
                [.. request.Asker.Principals
                    .Where(principal => principal.StartsWith(GroupPrefix, StringComparison.Ordinal))
                    .Select(principal => principal[GroupPrefix.Length..])],
                Operation,
                request.Purpose.Length > 0 ? request.Purpose : null,
                known,
                local is null ? ServerOf(options) : Here(local.Id, options.Power.CarbonGramsPerKilowattHour)),
            Extracts);
        return new PolicyVerdict(decision, found.Digest, known);
    }

    /// <summary>Decides on a use of a model that no receipt states, and logs what was decided before anything is sent.
    /// </summary>
    /// <param name="purpose">What for, such as <c>follow-up</c>.</param>
    /// <param name="request">Who asks, and what.</param>
    /// <param name="prompt">What the model would be given.</param>
    /// <param name="options">Where a server of models is.</param>
    /// <param name="local">The model, if it is of this process.</param>
    /// <param name="cancellationToken">Stops the waiting before the decision is logged.</param>
    /// <returns>What they say; <see langword="null"/> if the site has no policies.</returns>
    /// <exception cref="TerroirException">The policies cannot be used, or the decision cannot be logged; nothing may be
    /// sent.</exception>
    public async Task<PolicyVerdict?> DecideAsync(
        string purpose,
        AskRequest request,
        PassagePrompt prompt,
        ModelsOptions options,
        LocalModel? local,
        CancellationToken cancellationToken)
    {
        if (Decide(request, prompt, options, local) is not { } verdict)
        {
            return null;
        }

        if (log is not null)
        {
            await log.RecordDecisionAsync(
                Principal.User(request.Asker.User),
                new DecidedUse(purpose, local?.Id ?? options.Model, ModelUse.EndpointOf(options, local)),
                verdict.Outcome,
                [.. verdict.Decision.Reasons, .. verdict.Decision.Against],
                verdict.Policies,
                cancellationToken);
        }

        return verdict;
    }

    /// <summary>Takes what is personal out of a prompt.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="names">Puts it back into what the model writes.</param>
    /// <returns>The prompt without it; <see langword="null"/> if something would be left.</returns>
    public PassagePrompt? Redact(PassagePrompt prompt, out Pseudonyms names)
    {
        names = new Pseudonyms();
        var messages = new List<ChatMessage>(prompt.Messages);
        var data = messages[^1].Text;
        var found = scanner.Value.Scan(data).Where(finding => PersonalCategory.Of(finding.Kind) is not null);
        messages[^1] = new ChatMessage(messages[^1].Role, names.Replace(data, [.. found]));
        var redacted = prompt with { Messages = messages };
        return PersonalIn(redacted).IsEmpty && CanBeKept(prompt, names) ? redacted : null;
    }

    /// <summary>Keeps what the pseudonyms of a prompt stand for, before the prompt is sent.</summary>
    /// <param name="prompt">The prompt with the values.</param>
    /// <param name="names">What <see cref="Redact"/> put in their place.</param>
    /// <param name="cancellationToken">Stops before they are kept.</param>
    /// <returns>The case to find them by; <see langword="null"/> if they are not kept.</returns>
    /// <exception cref="TerroirException">They could not be kept; nothing may be sent.</exception>
    public async Task<string?> KeepAsync(PassagePrompt prompt, Pseudonyms names, CancellationToken cancellationToken) =>
        vault is null ? null : await vault.KeepAsync(RedactedValues.Of(prompt, names), cancellationToken);

    /// <summary>Asks a person whether the model may be given the prompt, or finds what they decided.</summary>
    /// <param name="verdict">What the policies said: that a person decides.</param>
    /// <param name="request">Who asks, and what.</param>
    /// <param name="prompt">What the model would be given.</param>
    /// <param name="options">Where a server of models is.</param>
    /// <param name="local">The model, if it is of this process.</param>
    /// <param name="cancellationToken">Stops before the request is kept.</param>
    /// <returns>The request, durable; <see langword="null"/> if nobody is asked, or too many requests wait.</returns>
    /// <exception cref="TerroirException">The request could not be kept.</exception>
    public async Task<ApprovalRequest?> AskAsync(
        PolicyVerdict verdict,
        AskRequest request,
        PassagePrompt prompt,
        ModelsOptions options,
        LocalModel? local,
        CancellationToken cancellationToken)
    {
        if (approvals is null)
        {
            return null;
        }

        var model = local?.Id ?? options.Model;
        var endpoint = ModelUse.EndpointOf(options, local);
        IEnumerable<string> parts =
        [
            request.Asker.User, request.Purpose, model, endpoint, verdict.Policies.Hex,
            .. prompt.Messages.Select(message => message.Text),
        ];
        return await approvals.AskAsync(
            new Approval(
                Approval.Version,
                request.Asker.User,
                approvals.Now,
                model,
                endpoint,
                request.Purpose,
                ApprovalLabels.From(verdict.Labels),
                verdict.Decision.Reasons,
                [.. prompt.Passages.Select(hit => new ApprovalDocument(hit.Collection, hit.Document.Id)).Distinct()],
                ContentHash.OfTexts(parts)),
            cancellationToken);
    }

    private bool CanBeKept(PassagePrompt prompt, Pseudonyms names) =>
        vault is null || RedactedValues.Of(prompt, names).Count <= PseudonymVault.ValueCountMax;

    // The join over all that is sent: titles and headings stand in the messages too.
    private DataLabels LabelsOf(AskRequest request, PassagePrompt prompt) => prompt.Passages
        .Select(hit => labels.Find(hit.Collection, hit.Document.Label))
        .Aggregate(
            new DataLabels { Personal = PersonalIn(request, prompt) },
            (all, next) => all.Join(next));

    // The join over the sections and the question. What has no sections is looked at as it is sent.
    private ImmutableSortedSet<string> PersonalIn(AskRequest request, PassagePrompt prompt)
    {
        if (prompt.Sections.Count == 0)
        {
            return PersonalIn(prompt);
        }

        var words = AnswerWords.For(request);
        return prompt.Sections.Select(section => section.Describe(words))
            .Append(request.Question)
            .Aggregate(ImmutableSortedSet.Create<string>(StringComparer.Ordinal), (all, text) => all.Union(Know(text)));
    }

    private ImmutableSortedSet<string> Know(string text)
    {
        var hash = ContentHash.Of(Encoding.UTF8.GetBytes(text));
        if (_known.Find(hash) is not { } known)
        {
            known = PersonalIn(text);
            _known.Keep(hash, known);
        }

        return known;
    }

    private ImmutableSortedSet<string> PersonalIn(PassagePrompt prompt) =>
        PersonalIn(string.Join('\n', prompt.Messages.Select(message => message.Text)));

    private ImmutableSortedSet<string> PersonalIn(string text) => scanner.Value.Scan(text)
        .Select(finding => PersonalCategory.Of(finding.Kind))
        .OfType<string>()
        .ToImmutableSortedSet(StringComparer.Ordinal);

    private static ProcessingEndpoint ServerOf(ModelsOptions options) => new(
        options.Model,
        IsLocal: Uri.TryCreate(options.Endpoint, UriKind.Absolute, out var address) && ModelGate.IsThisMachine(address),
        options.Operator,
        options.Law,
        options.Region,
        options.Certifications.ToImmutableSortedSet(StringComparer.Ordinal),
        options.Power.CarbonGramsPerKilowattHour);

    private static ProcessingEndpoint Here(string name, int? carbon = null) =>
        new(name, IsLocal: true, "", "", "", ImmutableSortedSet<string>.Empty, carbon);
}
