using System.Collections.Immutable;
using Terroir.Access;
using Terroir.Audit;
using Terroir.Protection.Vault;
using Terroir.Provenance.Events;
using Terroir.Sovereignty;

namespace Terroir.Answers.Redaction;

/// <summary>Says what a pseudonym stands for, to whom the policies let know it.</summary>
/// <remarks>Without a policy that permits the action <c>reveal</c> nobody is told. Every request is an entry of the
/// ledger, durable before anything is told. A refusal does not depend on whether there is such a pseudonym.</remarks>
public sealed class PseudonymReveal
{
    /// <summary>The shortest reason.</summary>
    public const int ReasonLengthMin = 10;

    /// <summary>The longest reason.</summary>
    public const int ReasonLengthMax = 500;

    private const string Operation = "reveal";
    private const string GroupPrefix = "group:";

    private readonly PseudonymVault _vault;
    private readonly IProcessingPolicies _policies;
    private readonly EventLog _log;

    internal PseudonymReveal(PseudonymVault vault, IProcessingPolicies policies, EventLog log) =>
        (_vault, _policies, _log) = (vault, policies, log);

    /// <summary>Reveals a pseudonym.</summary>
    /// <param name="asker">Who wants to know.</param>
    /// <param name="hasRole">Whether they have the role that may ask at all.</param>
    /// <param name="pseudonym">The pseudonym.</param>
    /// <param name="reason">Why; <see cref="ReasonLengthMin"/> to <see cref="ReasonLengthMax"/> characters.</param>
    /// <param name="cancellationToken">Stops before anything is told.</param>
    /// <returns>What was decided, and the value where it may be told.</returns>
    /// <exception cref="PolicyInvalidException">The policies cannot be used: nothing is told.</exception>
    public async Task<RevealedPseudonym> RevealAsync(
        Asker asker,
        bool hasRole,
        PseudonymReference pseudonym,
        string reason,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(asker);
        ArgumentNullException.ThrowIfNull(pseudonym);
        ArgumentOutOfRangeException.ThrowIfLessThan(reason.Length, ReasonLengthMin, nameof(reason));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(reason.Length, ReasonLengthMax, nameof(reason));
        var decision = Decide(asker, pseudonym);
        var isAllowed = hasRole && decision.Outcome is ProcessingOutcome.Allow;
        var found = isAllowed ? await _vault.FindAsync(pseudonym, cancellationToken) : null;
        await _log.RecordAsync(
            isAllowed ? EventKinds.PseudonymReversed : EventKinds.PseudonymRefused,
            $"user:{asker.User}",
            found?.Source?.Document.Value,
            $"{pseudonym}\n{reason}",
            cancellationToken);
        return new RevealedPseudonym(isAllowed, decision.Reasons, found?.Value);
    }

    // The document is not looked at before it may be, so that its label is not known: the question is asked as of the
    // strictest that a person of the site may read.
    private ProcessingDecision Decide(Asker asker, PseudonymReference pseudonym)
    {
        if (_policies.Find() is not { } policies)
        {
            return new ProcessingDecision(ProcessingOutcome.Deny, [], []);
        }

        var category = PersonalCategory.Of(pseudonym.Kind);
        return policies.DecideReveal(new ProcessingRequest(
            asker.User,
            [.. asker.Principals
                .Where(principal => principal.StartsWith(GroupPrefix, StringComparison.Ordinal))
                .Select(principal => principal[GroupPrefix.Length..])],
            Operation,
            Purpose: null,
            new DataLabels
            {
                Classification = Classification.Confidential,
                Personal = category is null
                    ? ImmutableSortedSet<string>.Empty
                    : ImmutableSortedSet.Create(StringComparer.Ordinal, category),
            },
            new ProcessingEndpoint(
                "vault",
                IsLocal: true,
                Operator: "",
                Law: "",
                Region: "",
                ImmutableSortedSet<string>.Empty,
                CarbonGramsPerKilowattHour: null)));
    }
}

/// <summary>What was decided on a pseudonym.</summary>
/// <param name="IsAllowed">Whether it may be told.</param>
/// <param name="Policies">The policies that permit or forbid it; none where none does either.</param>
/// <param name="Value">The value; <see langword="null"/> if it may not be told, or there is none.</param>
public sealed record RevealedPseudonym(bool IsAllowed, IReadOnlyList<string> Policies, string? Value);
