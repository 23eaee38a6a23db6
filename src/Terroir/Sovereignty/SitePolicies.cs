using Terroir.Sovereignty.Cedar;

namespace Terroir.Sovereignty;

/// <summary>The policies of a site on where data may be processed. Immutable; threads may share it.</summary>
/// <remarks>Policies decide on three actions, tried in this order: <c>process</c> with the data as they are,
/// <c>processRedacted</c> with the labels that are left after redaction, and <c>processApproved</c>, which a person
/// approves first. Before that one, <c>process</c> is tried on this machine.</remarks>
public sealed class SitePolicies
{
    /// <summary>The policies of a site that has none: nothing leaves the machine.</summary>
    public const string Default = """
        // Rien ne quitte cette machine. / Nothing leaves this machine.
        @id("local-only")
        permit (principal, action == Action::"process", resource)
        when { resource.isLocal };

        """;

    /// <summary>The schema of the policies of every site.</summary>
    public const string Schema = """
        // Qui demande, avec ses groupes. / Who asks, with their groups.
        entity Group;
        entity User in [Group];

        // Où les données seraient traitées. / Where data would be processed.
        entity Endpoint = {
          isLocal: Bool,
          operator: String,
          law: String,
          region: String,
          certifications: Set<String>,
          carbonGramsPerKilowattHour?: Long
        };

        // Ce que l'on sait des données. / What is known of the data.
        // classification : 0 public, 1 interne / internal, 2 confidentiel / confidential, 3 secret.
        type Labels = {
          classification: Long,
          countries?: Set<String>,
          personal: Set<String>,
          purposes?: Set<String>,
          contracts: Set<String>
        };

        // Tel quel ; après retrait des données personnelles ; après accord d'une personne.
        // As it is; once personal data are taken out; once a person has approved it.
        // reveal : dire ce que remplace un pseudonyme. / To say what a pseudonym stands for.
        action process, processRedacted, processApproved, reveal appliesTo {
          principal: User,
          resource: Endpoint,
          context: { operation: String, purpose?: String, labels: Labels }
        };

        """;

    private static readonly CedarSchema SiteSchema = CedarSchema.Parse(Schema);

    private readonly PolicySet _policies;
    private readonly HashSet<string> _prohibitions;

    private SitePolicies(PolicySet policies, ContentHash digest)
    {
        Digest = digest;
        _policies = policies;
        _prohibitions = policies.Policies
            .Where(policy => policy.Effect == PolicyEffect.Forbid)
            .Select(policy => policy.Id)
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>A hash over the names and texts of the policies: equal for equal ones.</summary>
    public ContentHash Digest { get; }

    /// <summary>Reads policies and checks them against the schema of sites.</summary>
    /// <param name="files">The texts by the names of their files; none for <see cref="Default"/>.</param>
    /// <exception cref="PolicyInvalidException">A text is not of the grammar, or a policy is not valid.</exception>
    public static SitePolicies Parse(IReadOnlyDictionary<string, string> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        KeyValuePair<string, string>[] texts = files.Count > 0
            ? [.. files.OrderBy(file => file.Key, StringComparer.Ordinal)]
            : [new("default.cedar", Default)];
        var policies = new PolicySet(texts.SelectMany(file => PolicySet.ParseFile(file.Key, file.Value)));
        var fault = PolicyValidator.Validate(policies, SiteSchema).FirstOrDefault(fault => !fault.IsWarning);
        return fault is null ? new SitePolicies(policies, Hash(texts)) : throw Faults.Create(fault.Fault);
    }

    /// <summary>Reads the files <c>*.cedar</c> of a folder; a folder that is not there holds none.</summary>
    /// <returns>The texts by the names of their files.</returns>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static IReadOnlyDictionary<string, string> ReadFolder(string folder) => Directory.Exists(folder)
        ? Directory.GetFiles(folder, "*.cedar").ToDictionary(
            file => Path.GetFileName(file),
            File.ReadAllText,
            StringComparer.Ordinal)
        : new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Decides.</summary>
    /// <param name="request">The question.</param>
    /// <param name="local">What this machine can do instead; <see langword="null"/> if it cannot.</param>
    public ProcessingDecision Decide(ProcessingRequest request, ProcessingEndpoint? local)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (isAllowed, against) = Try(request, "process");
        if (isAllowed)
        {
            return new ProcessingDecision(ProcessingOutcome.Allow, against, []);
        }

        var redacted = request with { Labels = request.Labels.Redact() };
        (ProcessingOutcome Outcome, ProcessingRequest? Request, string Action)[] steps =
        [
            (ProcessingOutcome.AllowRedacted, redacted, "processRedacted"),
            (ProcessingOutcome.LocalOnly, local is null ? null : request with { Endpoint = local }, "process"),
            (ProcessingOutcome.AskHuman, request, "processApproved"),
        ];
        foreach (var (outcome, step, action) in steps)
        {
            if (step is not null && Try(step, action) is (true, var reasons))
            {
                return new ProcessingDecision(outcome, reasons, against);
            }
        }

        return new ProcessingDecision(ProcessingOutcome.Deny, against, []);
    }

    /// <summary>Decides whether what a pseudonym stands for may be told: the action <c>reveal</c>, on this machine.
    /// </summary>
    /// <param name="request">The question.</param>
    /// <returns>Allow or deny.</returns>
    public ProcessingDecision DecideReveal(ProcessingRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (isAllowed, reasons) = Try(request, "reveal");
        return new ProcessingDecision(isAllowed ? ProcessingOutcome.Allow : ProcessingOutcome.Deny, reasons, []);
    }

    private static ContentHash Hash(IEnumerable<KeyValuePair<string, string>> texts) =>
        ContentHash.OfTexts(texts.SelectMany(text => new[] { text.Key, text.Value }));

    // The language lets a prohibition that fails count for nothing. What leaves does not come back, so that here it
    // prohibits; valid policies fail only where a number leaves 64 bits.
    private (bool IsAllowed, IReadOnlyList<string> Reasons) Try(ProcessingRequest request, string action)
    {
        var result = _policies.Authorize(ProcessingEntities.RequestOf(request, action), ProcessingEntities.Of(request));
        var failed = result.Errors.Select(error => error.PolicyId).Where(_prohibitions.Contains).ToList();
        return result.IsAllowed && failed.Count == 0
            ? (true, result.Reasons)
            : (false, result.IsAllowed ? failed : [.. result.Reasons, .. failed]);
    }
}
