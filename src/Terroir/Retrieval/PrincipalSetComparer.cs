namespace Terroir.Retrieval;

/// <summary>Sets of principals are equal when they hold the same ones.</summary>
internal sealed class PrincipalSetComparer : IEqualityComparer<IReadOnlySet<string>>
{
    public static PrincipalSetComparer Instance { get; } = new();

    public bool Equals(IReadOnlySet<string>? x, IReadOnlySet<string>? y) =>
        ReferenceEquals(x, y) || (x is not null && y is not null && x.Count == y.Count && x.SetEquals(y));

    // A sum, since a set has no order.
    public int GetHashCode(IReadOnlySet<string> obj)
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
