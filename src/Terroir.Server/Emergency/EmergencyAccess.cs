using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Terroir.Access;
using Terroir.Audit;
using Terroir.Provenance.Events;
using Terroir.Storage;

namespace Terroir.Server.Emergency;

/// <summary>Lets a person into a group for some time because of an emergency, and tells the ledger why before it
/// counts. What they read then is what permissions of documents give to that group.</summary>
/// <remarks>The reason is in the ledger alone, as a detail that opens a commitment. Safe to call from several threads
/// at once.</remarks>
internal sealed class EmergencyAccess(
    IIdentityStore store,
    EventLog log,
    IOptions<EmergencyOptions> options,
    TimeProvider time) : IDisposable
{
    /// <summary>The shortest reason, in characters.</summary>
    public const int ReasonLengthMin = 3;

    /// <summary>The longest reason, in characters.</summary>
    public const int ReasonLengthMax = 500;

    /// <summary>So often a person opens access in 24 hours at most, of all groups together.</summary>
    public const int OpeningsPerDayMax = 10;

    private const int IdSizeBytes = 8;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    // Whoever ended an access logs that themselves; after so long nobody else will.
    private static readonly TimeSpan LogDelay = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Whether anybody may open anything on this site.</summary>
    public bool IsOffered => options.Value.Emergency.Count > 0;

    /// <summary>What a person may open.</summary>
    public IReadOnlyList<EmergencyRule> RulesFor(Asker asker) => asker.Collections is not null
        ? []
        : [.. options.Value.Emergency.Where(rule => asker.Principals.Contains(Principal.Group(rule.OpenTo)))];

    /// <summary>What a person has open, as far as it counts.</summary>
    public IReadOnlyList<EmergencyOpening> OpenOf(Asker asker) => IsOffered
        ?
        [
            .. OfUser(asker.User).Where(opening => opening.EndsAt > time.GetUtcNow()
                && asker.Principals.Contains(Principal.Group(opening.Group))),
        ]
        : [];

    /// <summary>All that is kept, of one user or of everybody.</summary>
    public IReadOnlyList<EmergencyOpening> List(string? user) => user is null ? store.ListEmergencies() : OfUser(user);

    /// <summary>Opens access.</summary>
    /// <param name="asker">Who, with all groups.</param>
    /// <param name="group">The id of the group; empty where they may open one only.</param>
    /// <param name="reason">Why, <see cref="ReasonLengthMin"/> to <see cref="ReasonLengthMax"/> characters without
    /// white space at its ends.</param>
    /// <param name="cancellationToken">Stops the call before the ledger has it.</param>
    /// <returns>What is open, or why it is not.</returns>
    public async Task<EmergencyOutcome> OpenAsync(
        Asker asker,
        string group,
        string reason,
        CancellationToken cancellationToken)
    {
        var rules = RulesFor(asker);
        var rule = group.Length == 0 && rules.Count == 1
            ? rules[0]
            : rules.FirstOrDefault(rule => string.Equals(rule.Group, group, StringComparison.Ordinal));
        var why = reason.Trim();
        if (rule is null || why.Length is < ReasonLengthMin or > ReasonLengthMax)
        {
            return new EmergencyOutcome(null, rule is null ? EmergencyRefusal.NotForThem : EmergencyRefusal.Reason);
        }

        // One at a time: what is counted here must still be so when the store is asked.
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return FindRefusal(asker.User, rule.Group) ?? await OpenAsync(asker.User, rule, why, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Ends what a user has open, at once, and tells the ledger.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="group">The group; <see langword="null"/> for all.</param>
    /// <param name="endedBy">What ends it, such as <see cref="EmergencyOpening.ByPerson"/>.</param>
    /// <param name="cancellationToken">Stops the call before it ends.</param>
    /// <returns>What was open.</returns>
    public async Task<IReadOnlyList<EmergencyOpening>> EndAsync(
        string user,
        string? group,
        string endedBy,
        CancellationToken cancellationToken)
    {
        // Closed first: the ledger may be slow or stopped, and then the worker tells it later.
        var ended = await store.EndEmergenciesAsync(user, group, endedBy, cancellationToken);
        foreach (var opening in ended)
        {
            await LogEndAsync(opening, CancellationToken.None);
        }

        return ended;
    }

    /// <summary>Tells the ledger of what has ended and nobody told it of, by time or with an account.</summary>
    /// <param name="cancellationToken">Stops between two.</param>
    public async Task LogEndsAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var due = time.GetUtcNow() - LogDelay;
            foreach (var opening in store.Read().Emergencies.Where(opening => opening.EndsAt <= due))
            {
                await LogEndAsync(opening, cancellationToken);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private List<EmergencyOpening> OfUser(string user) =>
        [.. store.ListEmergencies().Where(opening => string.Equals(opening.User, user, StringComparison.Ordinal))];

    private EmergencyOutcome? FindRefusal(string user, string group)
    {
        var now = time.GetUtcNow();
        var openings = OfUser(user);
        var sameGroup = openings.Where(opening => string.Equals(opening.Group, group, StringComparison.Ordinal));
        if (sameGroup.FirstOrDefault(opening => opening.EndsAt > now) is { } open)
        {
            return new EmergencyOutcome(open, EmergencyRefusal.OpenAlready);
        }

        var recent = openings.Where(opening => opening.StartedAt > now - Day).ToList();
        return recent.Count < OpeningsPerDayMax
            ? null
            : new EmergencyOutcome(null, EmergencyRefusal.TooOften)
            {
                AgainAt = recent[^OpeningsPerDayMax].StartedAt + Day,
            };
    }

    private async Task<EmergencyOutcome> OpenAsync(
        string user,
        EmergencyRule rule,
        string reason,
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var id = RandomNumberGenerator.GetHexString(2 * IdSizeBytes, lowercase: true);
        var opening = new EmergencyOpening(id, user, rule.Group)
        {
            StartedAt = now,
            EndsAt = now.AddMinutes(rule.Minutes),
        };
        await log.RecordAsync(
            EventKinds.EmergencyOpened,
            Principal.User(user),
            Principal.User(user),
            string.Create(CultureInfo.InvariantCulture, $"{rule.Group}\n{rule.Minutes} min\n{reason}"),
            cancellationToken);
        return await store.OpenEmergencyAsync(opening, OpeningsPerDayMax, CancellationToken.None)
            ? new EmergencyOutcome(opening, EmergencyRefusal.None)
            : new EmergencyOutcome(null, EmergencyRefusal.TooOften) { AgainAt = now + Day };
    }

    private async Task LogEndAsync(EmergencyOpening opening, CancellationToken cancellationToken)
    {
        var user = Principal.User(opening.User);
        await log.RecordAsync(
            EventKinds.EmergencyEnded,
            opening.EndedBy is EmergencyOpening.ByPerson ? user : null,
            user,
            string.Create(CultureInfo.InvariantCulture, $"{opening.Group}\n{opening.EndedBy}\n{opening.EndsAt:u}"),
            cancellationToken);
        await store.MarkEmergencyLoggedAsync(opening.Id, CancellationToken.None);
    }
}
