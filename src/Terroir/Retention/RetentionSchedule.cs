using Terroir.Storage;

namespace Terroir.Retention;

/// <summary>Tells which documents the rules of the site end, and when.</summary>
public sealed class RetentionSchedule
{
    private readonly ErasurePlanner _planner;
    private readonly KeepingRules _keeping;
    private readonly RetentionRules _rules;
    private readonly TimeProvider _time;

    internal RetentionSchedule(
        ErasurePlanner planner,
        KeepingRules keeping,
        RetentionRules rules,
        TimeProvider time) => (_planner, _keeping, _rules, _time) = (planner, keeping, rules, time);

    /// <summary>Whether a rule erases by itself.</summary>
    public bool Erases => _rules.Rules.Any(rule => rule.Action is RetentionAction.Erase);

    /// <summary>Lists the documents whose retention ends until a time.</summary>
    /// <param name="until">The time.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The documents by the end of their retention.</returns>
    public async Task<IReadOnlyList<ScheduledDocument>> ListAsync(
        DateTimeOffset until,
        CancellationToken cancellationToken)
    {
        if (_rules.Rules.Count == 0)
        {
            return [];
        }

        var now = _time.GetUtcNow();
        var kept = await _keeping.ReadAsync(cancellationToken);
        var scheduled = new List<ScheduledDocument>();
        foreach (var item in await _planner.ReadAsync(collection: null, cancellationToken))
        {
            if (_rules.EndsAt(item.Address.Collection, item.Version) is { } end && end <= until)
            {
                scheduled.Add(new ScheduledDocument(
                    item.Address,
                    item.Version,
                    _rules.Find(item.Address.Collection, item.Version)!,
                    end,
                    end <= now ? await kept.WhyKeptAsync(item, cancellationToken) : null,
                    end <= now));
            }
        }

        return
        [
            .. scheduled.OrderBy(item => item.EndsAt)
                .ThenBy(item => item.Address.Collection.Value, StringComparer.Ordinal)
                .ThenBy(item => item.Address.Document),
        ];
    }

    /// <summary>Lists what is to be erased now: the retention ended, the rule erases, and nothing keeps it.</summary>
    /// <param name="countMax">How many at most.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<IReadOnlyList<DocumentAddress>> ListDueAsync(int countMax, CancellationToken cancellationToken) =>
    [
        .. (await ListAsync(_time.GetUtcNow(), cancellationToken))
            .Where(item => item is { IsDue: true, KeptFor: null, Rule.Action: RetentionAction.Erase })
            .Select(item => item.Address)
            .Take(countMax),
    ];
}

/// <summary>A document whose retention ends.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Version">The version that is live.</param>
/// <param name="Rule">The rule.</param>
/// <param name="EndsAt">When its retention ends.</param>
/// <param name="KeptFor">Why it is kept although that is past; <see langword="null"/> if it is not.</param>
/// <param name="IsDue">Whether that is past.</param>
public sealed record ScheduledDocument(
    DocumentAddress Address,
    DocumentVersion Version,
    RetentionRule Rule,
    DateTimeOffset EndsAt,
    string? KeptFor,
    bool IsDue);
