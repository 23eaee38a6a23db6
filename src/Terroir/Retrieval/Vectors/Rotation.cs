using System.Numerics;

namespace Terroir.Retrieval.Vectors;

/// <summary>A pseudo-random rotation: four rounds of random signs, a fast Walsh-Hadamard transform over the first or
/// the last power of two components, and, where some are left, one step that mixes the two halves.</summary>
/// <remarks>It is orthogonal, takes O(d log d), and spreads every vector's energy over all components, which the error
/// bound of 1-bit codes needs. After the rotator of the RaBitQ library. Sums and products only, each of one rounding:
/// the same bits on every processor. Immutable.</remarks>
internal sealed class Rotation
{
    private const int RoundCount = 4;

    private readonly float[] _signs;
    private readonly int _length;
    private readonly int _power;

    /// <summary>Creates a rotation.</summary>
    /// <param name="length">Components, an even number.</param>
    /// <param name="seed">Which rotation.</param>
    public Rotation(int length, ulong seed)
    {
        _length = length;
        _power = 1 << BitOperations.Log2((uint)length);
        _signs = new float[RoundCount * length];
        var random = new SplitMix(seed);
        for (var at = 0; at < _signs.Length; at++)
        {
            _signs[at] = (random.Next() & 1) == 0 ? 1 : -1;
        }
    }

    /// <summary>Rotates a vector.</summary>
    /// <param name="source">At most as many components as the rotation has; the others are 0.</param>
    /// <param name="target">The result, of the rotation's length.</param>
    public void Apply(ReadOnlySpan<float> source, Span<float> target)
    {
        target = target[.._length];
        source.CopyTo(target);
        target[source.Length..].Clear();
        for (var round = 0; round < RoundCount; round++)
        {
            Multiply(target, _signs.AsSpan(round * _length, _length));
            Transform(round % 2 == 0 ? target[.._power] : target[(_length - _power)..]);
            if (_power < _length)
            {
                Mix(target[..(_length / 2)], target[(_length / 2)..], MathF.Sqrt(0.5f));
            }
        }
    }

    private static void Multiply(Span<float> values, ReadOnlySpan<float> factors)
    {
        var at = 0;
        for (; at <= values.Length - Vector<float>.Count; at += Vector<float>.Count)
        {
            (new Vector<float>(values[at..]) * new Vector<float>(factors[at..])).CopyTo(values[at..]);
        }

        for (; at < values.Length; at++)
        {
            values[at] *= factors[at];
        }
    }

    private static void Transform(Span<float> values)
    {
        for (var half = 1; half < values.Length; half *= 2)
        {
            for (var at = 0; at < values.Length; at += 2 * half)
            {
                Mix(values.Slice(at, half), values.Slice(at + half, half), 1);
            }
        }

        var scale = 1 / MathF.Sqrt(values.Length);
        for (var at = 0; at < values.Length; at++)
        {
            values[at] *= scale;
        }
    }

    // The sum and the difference of two halves.
    private static void Mix(Span<float> first, Span<float> second, float scale)
    {
        var at = 0;
        for (; at <= first.Length - Vector<float>.Count; at += Vector<float>.Count)
        {
            var a = new Vector<float>(first[at..]);
            var b = new Vector<float>(second[at..]);
            ((a + b) * scale).CopyTo(first[at..]);
            ((a - b) * scale).CopyTo(second[at..]);
        }

        for (; at < first.Length; at++)
        {
            (first[at], second[at]) = ((first[at] + second[at]) * scale, (first[at] - second[at]) * scale);
        }
    }
}
