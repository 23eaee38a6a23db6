namespace Terroir.Lineage;

/// <summary>What is said of one name.</summary>
internal sealed class ProvResource
{
    public SortedSet<string> Types { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, (string Value, bool IsTime)> Values { get; } = new(StringComparer.Ordinal);

    public SortedSet<(string Term, string Target)> Links { get; } = new(LinkOrder);

    private static Comparer<(string Term, string Target)> LinkOrder { get; } =
        Comparer<(string Term, string Target)>.Create((one, other) =>
        {
            var terms = string.CompareOrdinal(one.Term, other.Term);
            return terms != 0 ? terms : string.CompareOrdinal(one.Target, other.Target);
        });
}
