using System.Globalization;
using System.Text;

namespace Terroir.Protocol;

/// <summary>Plays many histories, and makes the first that fails short.</summary>
internal static class Histories
{
    /// <summary>How many decisions of the scheduler a history has.</summary>
    private const int StepCount = 100;

    private const int ShrinkCountMax = 1_500;

    /// <summary>Plays histories until one fails.</summary>
    /// <param name="count">How many at most.</param>
    /// <param name="seed">The first one's seed; each further one has the next.</param>
    /// <param name="sabotage">What is wrong with the stores of each.</param>
    /// <param name="shrinkCountMax">How often a failing history is played at most to make it shorter.</param>
    public static async Task<HistoriesReport> RunAsync(
        int count,
        int seed,
        Func<Sabotage> sabotage,
        int shrinkCountMax = ShrinkCountMax)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var number = 0; number < count; number++)
        {
            var choices = new Choices(unchecked(seed + number));
            var history = new History(choices, sabotage());
            if (await history.PlayAsync(StepCount) is { } violation)
            {
                var shortest = await ShrinkAsync(choices.Made, violation, sabotage, shrinkCountMax);
                return new HistoriesReport(number + 1, counts, shortest with { Seed = seed + number });
            }

            foreach (var (what, times) in history.Counts)
            {
                counts[what] = counts.GetValueOrDefault(what) + times;
            }
        }

        return new HistoriesReport(count, counts, null);
    }

    /// <summary>Plays one history.</summary>
    public static async Task<HistoryFailure?> PlayAsync(Choices choices, Func<Sabotage> sabotage)
    {
        var history = new History(choices, sabotage());
        return await history.PlayAsync(StepCount) is { } violation
            ? new HistoryFailure(violation, choices.Made, history.Trace)
            : null;
    }

    /// <summary>What happens in the history of a seed.</summary>
    public static async Task<IReadOnlyList<string>> TellAsync(int seed)
    {
        var history = new History(new Choices(seed), Sabotage.None());
        await history.PlayAsync(StepCount);
        return history.Trace;
    }

    // Drops ever smaller runs of decisions, then makes single ones duller, as long as the same invariant breaks.
    private static async Task<HistoryFailure> ShrinkAsync(
        IReadOnlyList<int> made,
        Violation violation,
        Func<Sabotage> sabotage,
        int left)
    {
        var best = await PlayAsync(new Choices(made), sabotage)
            ?? throw new InvalidOperationException($"The history is not the same when it is played again: {violation}");
        for (var size = best.Choices.Count / 2; size > 0; size /= 2)
        {
            for (var place = 0; place + size <= best.Choices.Count && left > 0;)
            {
                int[] shorter = [.. best.Choices.Take(place), .. best.Choices.Skip(place + size)];
                place = await TryAsync(shorter) ? place : place + size;
            }
        }

        for (var place = 0; place < best.Choices.Count && left > 0; place++)
        {
            if (best.Choices[place] != 0)
            {
                int[] duller = [.. best.Choices];
                duller[place] = 0;
                await TryAsync(duller);
            }
        }

        return best;

        async Task<bool> TryAsync(int[] choices)
        {
            left--;
            var failure = await PlayAsync(new Choices(choices), sabotage);
            var isBetter = failure is not null
                && string.Equals(failure.Violation.Invariant, violation.Invariant, StringComparison.Ordinal)
                && failure.Trace.Count <= best.Trace.Count;

            // What follows the failure is not needed, and what was made beyond the list is 0 anyhow.
            best = isBetter ? failure! with { Choices = Trim(failure.Choices) } : best;
            return isBetter;
        }
    }

    private static int[] Trim(IReadOnlyList<int> choices)
    {
        var count = choices.Count;
        while (count > 0 && choices[count - 1] == 0)
        {
            count--;
        }

        return [.. choices.Take(count)];
    }
}

/// <summary>A history that broke an invariant.</summary>
/// <param name="Violation">Which.</param>
/// <param name="Choices">Its decisions: they replay it.</param>
/// <param name="Trace">What happened.</param>
internal sealed record HistoryFailure(Violation Violation, IReadOnlyList<int> Choices, IReadOnlyList<string> Trace)
{
    /// <summary>The seed of the history that it was made from.</summary>
    public int Seed { get; init; }

    public string Describe() => $"seed {Seed.ToString(CultureInfo.InvariantCulture)}: {Violation}\n"
        + $"{string.Join('\n', Trace)}\n=> {Violation}\nchoices: {string.Join(' ', Choices)}";
}

/// <summary>What many histories did.</summary>
/// <param name="PlayedCount">How many were played.</param>
/// <param name="Counts">What happened in them, how often.</param>
/// <param name="Failure">The first that failed, made short.</param>
internal sealed record HistoriesReport(
    int PlayedCount,
    IReadOnlyDictionary<string, int> Counts,
    HistoryFailure? Failure)
{
    public string Describe()
    {
        var text = new StringBuilder();
        foreach (var (what, times) in Counts)
        {
            text.Append(CultureInfo.InvariantCulture, $"{times,9} {what}\n");
        }

        return text.Append(Failure?.Describe() ?? "no violation").ToString();
    }
}
