using System.Runtime.InteropServices;

namespace Terroir.Retrieval.Vectors;

/// <summary>The best rows seen so far, best first.</summary>
/// <remarks>Equal scores are ordered by the vectors' components, then by key: by what the vectors are, never by when
/// they came. The number is asked last, for vectors and keys that are both equal.</remarks>
/// <param name="capacity">How many are kept.</param>
internal sealed class TopHits(int capacity)
{
    private readonly Entry[] _entries = new Entry[capacity];
    private int _count;

    /// <summary>The least score that can still come in; minus infinity until there are enough.</summary>
    public float Threshold { get; private set; } = float.NegativeInfinity;

    /// <summary>How many are kept.</summary>
    public int Capacity => capacity;

    /// <summary>Offers a row.</summary>
    /// <param name="score">Its exact score.</param>
    /// <param name="sourceNumber">Which source it is in.</param>
    /// <param name="source">The source.</param>
    /// <param name="row">Its row there.</param>
    public void Offer(float score, int sourceNumber, IVectorSource source, int row)
    {
        if (score < Threshold)
        {
            return;
        }

        var entry = new Entry(score, sourceNumber, source, row);
        var at = _count;
        while (at > 0 && IsBefore(entry, _entries[at - 1]))
        {
            at--;
        }

        if (at == capacity)
        {
            return;
        }

        _count = Math.Min(_count + 1, capacity);
        Array.Copy(_entries, at, _entries, at + 1, _count - 1 - at);
        _entries[at] = entry;
        Threshold = _count == capacity ? _entries[^1].Score : float.NegativeInfinity;
    }

    public VectorHit[] ToArray() =>
        [.. _entries.Take(_count).Select(entry => new VectorHit(entry.SourceNumber, entry.Number, entry.Score))];

    private static bool IsBefore(in Entry a, in Entry b)
    {
        if (a.Score != b.Score)
        {
            return a.Score > b.Score;
        }

        var order = Bits(a.Vector).SequenceCompareTo(Bits(b.Vector));
        order = order != 0 ? order : a.Key.CompareTo(b.Key);
        return order != 0 ? order < 0 : (a.Number, a.SourceNumber).CompareTo((b.Number, b.SourceNumber)) < 0;
    }

    private static ReadOnlySpan<int> Bits(ReadOnlySpan<float> vector) => MemoryMarshal.Cast<float, int>(vector);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Entry(float Score, int SourceNumber, IVectorSource Source, int Row)
    {
        public int Number => Source.Number(Row);

        public ulong Key => Source.Key(Row);

        public ReadOnlySpan<float> Vector => Source.Vector(Row);
    }
}
