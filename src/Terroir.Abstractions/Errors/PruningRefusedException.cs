using System.Globalization;

namespace Terroir;

/// <summary>The ledger may not be pruned as far as was asked for. Code <c>TER6003</c>.</summary>
public sealed class PruningRefusedException : TerroirException
{
    /// <summary>Creates the error.</summary>
    /// <param name="problem">Why.</param>
    /// <param name="latest">The latest time before which the policy lets events go; the default without a policy.
    /// </param>
    public PruningRefusedException(PruningProblem problem, DateTimeOffset latest = default)
        : base("TER6003", isTransient: false, Describe(problem, latest), innerException: null) =>
        Problem = problem;

    /// <summary>Why.</summary>
    public PruningProblem Problem { get; }

    private static string Describe(PruningProblem problem, DateTimeOffset latest) => problem switch
    {
        PruningProblem.NoPolicy =>
            "The ledger is not pruned: nothing says how long events must stay published. Decide that, write it into "
            + "terroir.yaml as 'ledger: publishedFor:', such as 3650.00:00:00 for ten years, and run the verb again.",
        _ => string.Create(
            CultureInfo.InvariantCulture,
            $"The ledger is not pruned: 'ledger: publishedFor:' lets events go that are from before "
            + $"{latest.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}. Name that time, or one before it."),
    };
}
