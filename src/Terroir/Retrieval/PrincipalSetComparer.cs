using System.Runtime.CompilerServices;

namespace Terroir.Retrieval;

/// <summary>Sets of principals are equal when they hold the same ones.</summary>
internal sealed class PrincipalSetComparer : IEqualityComparer<IReadOnlySet<string>>
{
    // Someone in thousands of groups asks with the same set again and again.
    private static readonly ConditionalWeakTable<IReadOnlySet<string>, StrongBox<int>> Hashes = [];

    public static PrincipalSetComparer Instance { get; } = new();

    public bool Equals(IReadOnlySet<string>? x, IReadOnlySet<string>? y) =>
        ReferenceEquals(x, y) || (x is not null && y is not null && x.Count == y.Count && x.SetEquals(y));

    public int GetHashCode(IReadOnlySet<string> obj) =>
        Hashes.GetValue(obj, static set => new StrongBox<int>(Sum(set))).Value;

    // A sum, since a set has no order.
    private static int Sum(IReadOnlySet<string> obj)
    {
        var hash = obj.Count;
        foreach (var principal in obj)
        {
            unchecked
            {
                hash += principal.GetHashCode(StringComparison.Ordinal);
            }
        }

        return hash;
    }
}
