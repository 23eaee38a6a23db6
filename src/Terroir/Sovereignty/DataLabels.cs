using System.Collections.Immutable;

namespace Terroir.Sovereignty;

/// <summary>What is known of a text for deciding what may be done with it. Immutable.</summary>
/// <remarks>Labels form a join semilattice: those of a prompt are the join over all its passages and the question, and
/// a join is never less strict than what it joins (Denning, "A Lattice Model of Secure Information Flow", 1976). The
/// default is the least strict label.</remarks>
public sealed record DataLabels
{
    /// <summary>The category of personal data that redaction does not take away: what a text says of somebody's health
    /// stays in it when the name is gone.</summary>
    public const string Health = "health";

    private static readonly ImmutableSortedSet<string> Nothing = ImmutableSortedSet.Create<string>(
        StringComparer.Ordinal);

    /// <summary>How confidential it is.</summary>
    public Classification Classification { get; init; } = Classification.Public;

    /// <summary>The countries (ISO 3166-1 alpha-2) where it may be processed; <see langword="null"/> for all.</summary>
    public ImmutableSortedSet<string>? Countries { get; init; }

    /// <summary>The categories of personal data in it, such as <c>identity</c>, <c>contact</c> or <c>health</c>.
    /// </summary>
    public ImmutableSortedSet<string> Personal { get; init; } = Nothing;

    /// <summary>What it may be used for; <see langword="null"/> for anything.</summary>
    public ImmutableSortedSet<string>? Purposes { get; init; }

    /// <summary>The contracts that bind its use.</summary>
    public ImmutableSortedSet<string> Contracts { get; init; } = Nothing;

    /// <summary>The labels of a text that holds both.</summary>
    public DataLabels Join(DataLabels other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new DataLabels
        {
            Classification = (Classification)Math.Max((int)Classification, (int)other.Classification),
            Countries = Intersect(Countries, other.Countries),
            Personal = Personal.Union(other.Personal),
            Purposes = Intersect(Purposes, other.Purposes),
            Contracts = Contracts.Union(other.Contracts),
        };
    }

    /// <summary>The labels of the text once it is redacted.</summary>
    public DataLabels Redact() => this with { Personal = Personal.Intersect([Health]) };

    /// <inheritdoc/>
    public bool Equals(DataLabels? other) =>
        other is not null
        && Classification == other.Classification
        && AreSame(Countries, other.Countries)
        && Personal.SetEquals(other.Personal)
        && AreSame(Purposes, other.Purposes)
        && Contracts.SetEquals(other.Contracts);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        HashCode.Combine(Classification, Countries?.Count, Personal.Count, Purposes?.Count, Contracts.Count);

    private static bool AreSame(ImmutableSortedSet<string>? left, ImmutableSortedSet<string>? right) =>
        left is null ? right is null : right is not null && left.SetEquals(right);

    private static ImmutableSortedSet<string>? Intersect(
        ImmutableSortedSet<string>? left,
        ImmutableSortedSet<string>? right) =>
        left is null ? right : right is null ? left : left.Intersect(right);
}
