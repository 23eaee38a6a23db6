using System.Diagnostics;
using System.Text;
using Terroir.Provenance.Receipts;
using Terroir.Sovereignty;

namespace Terroir.Answers;

/// <summary>What the policies said of giving passages to a model.</summary>
/// <param name="Decision">The decision.</param>
/// <param name="Policies">The hash of the policies.</param>
/// <param name="Labels">What is known of all that would be given.</param>
internal sealed record PolicyVerdict(ProcessingDecision Decision, ContentHash Policies, DataLabels Labels)
{
    /// <summary>Whether the model may be given them as they are.</summary>
    public bool IsAllowed => Decision.Outcome == ProcessingOutcome.Allow;

    /// <summary>Whether it may be given them once what is personal is taken out.</summary>
    public bool IsAllowedRedacted => Decision.Outcome == ProcessingOutcome.AllowRedacted;

    /// <summary>Whether a person decides.</summary>
    public bool IsForHuman => Decision.Outcome == ProcessingOutcome.AskHuman;

    /// <summary>The verdict once a person has approved it: receipts name the request.</summary>
    public PolicyVerdict ApprovedBy(string request) => this with
    {
        Decision = Decision with
        {
            Outcome = ProcessingOutcome.Allow,
            Reasons = [.. Decision.Reasons, $"approval:{request}"],
        },
    };

    /// <summary>The policies that forbid what was asked, or those that permit no more; "-" where none permits it.
    /// </summary>
    public string Names => (Decision.Against, Decision.Reasons) switch
    {
        ({ Count: > 0 } against, _) => string.Join(", ", against),
        (_, { Count: > 0 } reasons) => string.Join(", ", reasons),
        _ => "-",
    };

    /// <summary>What is decided, as receipts and the ledger say it.</summary>
    public string Outcome => Decision.Outcome switch
    {
        ProcessingOutcome.Allow => "allow",
        ProcessingOutcome.AllowRedacted => "redact",
        ProcessingOutcome.LocalOnly => "local-only",
        ProcessingOutcome.AskHuman => "ask",
        ProcessingOutcome.Deny => "deny",
        _ => throw new UnreachableException(),
    };

    /// <summary>What a receipt states of it, beside the permissions that decided before.</summary>
    public ReceiptDecision After(ReceiptDecision permissions) => new(
        Outcome,
        ContentHash.Of(Encoding.UTF8.GetBytes($"{permissions.Policies.Hex}\n{Policies.Hex}")),
        [.. permissions.Reasons, .. Decision.Reasons, .. Decision.Against]);
}
