using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Terroir.Access;
using Terroir.Audit;
using Terroir.Provenance.Events;

namespace Terroir.Answers.Approvals;

/// <summary>Keeps requests for approval as sealed objects, and the decision on each as another one: an object is never
/// overwritten, so that the first decision holds.</summary>
internal sealed class ApprovalBook(ConfidentialObjects objects, EventLog log, TimeProvider time)
    : IApprovals, IDisposable
{
    private const string Prefix = "approvals/";
    private const string RequestSuffix = ".request";
    private const string DecisionSuffix = ".decision";
    private const int TimeLength = 8;
    private const int RandomLength = 6;

    // Two requests of one question must not both find none: within a process one looks at a time.
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>The time.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Finds the request for an approval, and makes it if there is none.</summary>
    /// <param name="approval">What is asked for.</param>
    /// <param name="cancellationToken">Stops before anything is kept.</param>
    /// <returns>The request, durable; <see langword="null"/> if too many wait.</returns>
    public async Task<ApprovalRequest?> AskAsync(Approval approval, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var kept = await ReadAsync(cancellationToken);
            if (kept.Find(item => item.Approval.Fingerprint == approval.Fingerprint) is { } known)
            {
                return known.ToRequest();
            }

            if (kept.Count >= IApprovals.CountMax || kept.Count(IsPendingOfSame) >= IApprovals.PendingMax)
            {
                return null;
            }

            var made = new KeptApproval(NewId(), approval, Decision: null);
            await objects.PutIfAbsentAsync(
                Prefix + made.Id + RequestSuffix,
                Principal.User(approval.User),
                JsonSerializer.SerializeToUtf8Bytes(approval, ApprovalJson.Default.Approval),
                cancellationToken);
            await log.RecordRowAsync(
                EventKinds.ApprovalAsked,
                Principal.User(approval.User),
                made.Id,
                string.Join('\n', [approval.Model, approval.Endpoint, .. approval.Policies]),
                cancellationToken);
            return made.ToRequest();
        }
        finally
        {
            _turn.Release();
        }

        bool IsPendingOfSame(KeptApproval item) =>
            item.Decision is null && string.Equals(item.Approval.User, approval.User, StringComparison.Ordinal);
    }

    public async Task<IReadOnlyList<ApprovalRequest>> ListAsync(string? user, CancellationToken cancellationToken) =>
    [
        .. (await ReadAsync(cancellationToken))
            .Where(item => user is null || string.Equals(item.Approval.User, user, StringComparison.Ordinal))
            .Select(item => item.ToRequest()),
    ];

    public async Task<ApprovalOutcome> DecideAsync(
        Asker decider,
        string id,
        bool isApproved,
        string reason,
        CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(reason.Length, IApprovals.ReasonLengthMax, nameof(reason));
        if ((await ReadAsync(cancellationToken)).Find(item => string.Equals(item.Id, id, StringComparison.Ordinal))
            is not { } found)
        {
            return ApprovalOutcome.Absent;
        }

        if (string.Equals(found.Approval.User, decider.User, StringComparison.Ordinal))
        {
            return ApprovalOutcome.OwnRequest;
        }

        // The entry first: what was approved and is in no ledger must not be sent.
        if (found.Decision is null)
        {
            await log.RecordAsync(
                isApproved ? EventKinds.ApprovalGiven : EventKinds.ApprovalRefused,
                Principal.User(decider.User),
                id,
                reason,
                cancellationToken);
        }

        var decision = new ApprovalDecision(isApproved, decider.User, time.GetUtcNow(), reason);
        return found.Decision is null && await objects.TryPutAsync(
            Prefix + id + DecisionSuffix,
            Principal.User(found.Approval.User),
            JsonSerializer.SerializeToUtf8Bytes(decision, ApprovalJson.Default.ApprovalDecision),
            cancellationToken)
            ? ApprovalOutcome.Decided
            : ApprovalOutcome.DecidedBefore;
    }

    public async Task<int> DeleteAsync(Func<ApprovalRequest, bool> isGone, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var item in (await ReadAsync(cancellationToken)).Where(item => isGone(item.ToRequest())))
        {
            await DeleteAsync(item.Id, cancellationToken);
            count++;
        }

        return count;
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    // Those that have ended, and those whose person was erased, are deleted.
    private async Task<List<KeptApproval>> ReadAsync(CancellationToken cancellationToken)
    {
        var kept = new List<KeptApproval>();
        foreach (var name in await objects.ListAsync(Prefix, cancellationToken))
        {
            if (!name.EndsWith(RequestSuffix, StringComparison.Ordinal))
            {
                continue;
            }

            var id = name[Prefix.Length..^RequestSuffix.Length];
            var approval = await ReadAsync(name, ApprovalJson.Default.Approval, cancellationToken);
            var decision = await ReadAsync(
                Prefix + id + DecisionSuffix,
                ApprovalJson.Default.ApprovalDecision,
                cancellationToken);
            if (approval is { Format: Approval.Version }
                && new KeptApproval(id, approval, decision) is var item
                && item.Until > time.GetUtcNow())
            {
                kept.Add(item);
                continue;
            }

            await DeleteAsync(id, cancellationToken);
        }

        return kept;
    }

    private async Task<T?> ReadAsync<T>(
        string name,
        JsonTypeInfo<T> type,
        CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await objects.TryReadAsync(name, cancellationToken) is { } content
                ? JsonSerializer.Deserialize(content.Span, type)
                : null;
        }
        catch (JsonException)
        {
            throw new BlobCorruptException(name);
        }
    }

    // The request first: a decision alone is nothing.
    private async Task DeleteAsync(string id, CancellationToken cancellationToken)
    {
        await objects.DeleteAsync(Prefix + id + RequestSuffix, cancellationToken);
        await objects.DeleteAsync(Prefix + id + DecisionSuffix, cancellationToken);
    }

    private string NewId() =>
        time.GetUtcNow().ToUnixTimeSeconds().ToString("x8", CultureInfo.InvariantCulture)[^TimeLength..]
        + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RandomLength));

    private sealed record KeptApproval(string Id, Approval Approval, ApprovalDecision? Decision)
    {
        public DateTimeOffset Until => Decision switch
        {
            null => Approval.AskedAt + IApprovals.AgeMax,
            { IsApproved: true } => Decision.At + IApprovals.ValidFor,
            _ => Decision.At + IApprovals.AgeMax,
        };

        public ApprovalRequest ToRequest() => new(
            Id,
            Decision switch
            {
                null => ApprovalState.Pending,
                { IsApproved: true } => ApprovalState.Approved,
                _ => ApprovalState.Refused,
            },
            Approval.User,
            Approval.AskedAt,
            Until,
            Approval.Model,
            Approval.Endpoint,
            Approval.Purpose,
            Approval.Labels,
            Approval.Policies,
            Approval.Documents)
        {
            DecidedBy = Decision?.User,
            Reason = Decision?.Reason ?? "",
        };
    }
}
