using Terroir.Access;

namespace Terroir.Answers.Approvals;

/// <summary>The requests on which a person decides whether a model may be given passages.</summary>
/// <remarks>Safe to call from several threads and processes at once: of two decisions the first one holds.</remarks>
public interface IApprovals
{
    /// <summary>How many requests of one person may wait; more are not taken.</summary>
    const int PendingMax = 20;

    /// <summary>How many requests the site keeps; more are not taken.</summary>
    const int CountMax = 10_000;

    /// <summary>The longest reason, in characters.</summary>
    const int ReasonLengthMax = 500;

    /// <summary>How long a request waits, and how long a refusal holds.</summary>
    static readonly TimeSpan AgeMax = TimeSpan.FromDays(7);

    /// <summary>How long an approval holds.</summary>
    static readonly TimeSpan ValidFor = TimeSpan.FromHours(24);

    /// <summary>Lists the requests that have not ended, the oldest first.</summary>
    /// <param name="user">The id of the user whose they are; <see langword="null"/> for all.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    Task<IReadOnlyList<ApprovalRequest>> ListAsync(string? user, CancellationToken cancellationToken);

    /// <summary>Decides on a request. When this returns, the decision and its entry in the ledger are durable.
    /// </summary>
    /// <param name="decider">Who decides; never on a request of their own.</param>
    /// <param name="id">The request.</param>
    /// <param name="isApproved">Whether it may be sent.</param>
    /// <param name="reason">Why; up to <see cref="ReasonLengthMax"/> characters.</param>
    /// <param name="cancellationToken">Stops before anything is kept.</param>
    Task<ApprovalOutcome> DecideAsync(
        Asker decider,
        string id,
        bool isApproved,
        string reason,
        CancellationToken cancellationToken);

    /// <summary>Deletes the requests that are about a document or of a person.</summary>
    /// <param name="isGone">Whether a request goes.</param>
    /// <param name="cancellationToken">Stops between two requests.</param>
    /// <returns>How many were deleted.</returns>
    Task<int> DeleteAsync(Func<ApprovalRequest, bool> isGone, CancellationToken cancellationToken);
}
