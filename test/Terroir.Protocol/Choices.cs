namespace Terroir.Protocol;

/// <summary>Where a history takes its decisions from: a seed, or a list that was recorded. A list that has ended
/// answers 0, the dullest decision, so that a shorter list is a simpler history.</summary>
internal sealed class Choices
{
    private readonly Random? _random;
    private readonly IReadOnlyList<int> _given = [];
    private readonly List<int> _made = [];

    /// <summary>Draws decisions.</summary>
    public Choices(int seed) => _random = new Random(seed);

    /// <summary>Replays decisions.</summary>
    public Choices(IReadOnlyList<int> given) => _given = given;

    /// <summary>Every decision so far.</summary>
    public IReadOnlyList<int> Made => _made;

    /// <summary>Decides for one of some things, from 0.</summary>
    public int Next(int count)
    {
        var place = _made.Count;
        var value = _random?.Next(count) ?? (place < _given.Count ? _given[place] % count : 0);
        _made.Add(value);
        return value;
    }

    /// <summary>Says yes about once in so many times; the dullest answer is no.</summary>
    public bool OneIn(int count) => Next(count) == count - 1;

    /// <summary>Picks by weight; the dullest pick is the first.</summary>
    public T Pick<T>(params ReadOnlySpan<(int Weight, T Item)> items)
    {
        var sum = 0;
        foreach (var (weight, _) in items)
        {
            sum += weight;
        }

        var left = Next(sum);
        foreach (var (weight, item) in items)
        {
            if (left < weight)
            {
                return item;
            }

            left -= weight;
        }

        return items[0].Item;
    }
}
