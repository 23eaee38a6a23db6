namespace Terroir.Protection.PersonalData.Names.Tagging;

/// <summary>Weights while they are learned, and their average over all of the learning.</summary>
internal sealed class LearnedWeights : IFeatureWeights
{
    /// <summary>What a wrong tag is given in advance: an update moves a word's sum by about as much.</summary>
    internal const int Margin = NameFeatures.Count;

    // Of a thousand weights the one that is written as 127; larger ones are cut.
    private const int LargestPerMille = 995;

    // What is smaller, of 127, says nothing.
    private const int KeptMin = 2;

    private readonly int[] _weights = new int[2 << TaggerWeights.Bits];
    private readonly long[] _sums = new long[2 << TaggerWeights.Bits];
    private long _time;

    /// <summary>Counts a run.</summary>
    public void Next() => _time++;

    /// <summary>Moves weights towards a tag or away from it.</summary>
    public void Move(ReadOnlySpan<uint> features, NameTag tag, int by)
    {
        if (tag is NameTag.Outside)
        {
            return;
        }

        foreach (var feature in features)
        {
            var place = TaggerWeights.BucketOf(feature) + (tag is NameTag.Begin ? 0 : 1);
            _weights[place] += by;
            _sums[place] += by * _time;
        }
    }

    /// <inheritdoc/>
    public (int Begin, int Inside) Sum(ReadOnlySpan<uint> features)
    {
        var (begin, inside) = (0, 0);
        foreach (var feature in features)
        {
            var bucket = TaggerWeights.BucketOf(feature);
            begin += _weights[bucket];
            inside += _weights[bucket + 1];
        }

        return (begin, inside);
    }

    /// <summary>The averages as signed bytes, small ones left out.</summary>
    public TaggerWeights Average()
    {
        // Times the count of runs, so that all are whole numbers.
        var averages = new long[_weights.Length];
        for (var at = 0; at < averages.Length; at++)
        {
            averages[at] = ((_time + 1) * _weights[at]) - _sums[at];
        }

        var sizes = averages.Where(value => value != 0).Select(Math.Abs).Order().ToArray();
        var largest = sizes.Length == 0 ? 1 : sizes[(int)((long)sizes.Length * LargestPerMille / 1_000)];
        return new TaggerWeights([.. averages.Select(value => Cut(value, largest))]);
    }

    private static sbyte Cut(long value, long largest)
    {
        var cut = Math.Clamp(
            (long)Math.Round((double)value / largest * sbyte.MaxValue, MidpointRounding.AwayFromZero),
            -sbyte.MaxValue,
            sbyte.MaxValue);
        return Math.Abs(cut) < KeptMin ? (sbyte)0 : (sbyte)cut;
    }
}
