using System.Numerics;
using System.Runtime.InteropServices;

namespace Terroir.Bench.Vectors;

/// <summary>Vectors to search and queries, all of norm 1.</summary>
/// <param name="Name">What they are.</param>
/// <param name="Dimensions">Components of each.</param>
/// <param name="Base">The vectors, one after the other.</param>
/// <param name="Queries">The queries, one after the other; none of them is among the vectors.</param>
internal sealed record VectorWork(string Name, int Dimensions, float[] Base, float[] Queries)
{
    public int Count => Base.Length / Dimensions;

    public int QueryCount => Queries.Length / Dimensions;

    public ReadOnlySpan<float> Vector(int row) => Base.AsSpan(row * Dimensions, Dimensions);

    public ReadOnlySpan<float> Query(int query) => Queries.AsSpan(query * Dimensions, Dimensions);

    /// <summary>Writes the vectors and queries for peers in other processes.</summary>
    public void Write(string folder)
    {
        Write(Path.Combine(folder, "base.f32"), Base);
        Write(Path.Combine(folder, "query.f32"), Queries);
    }

    /// <summary>Makes a vector's norm 1.</summary>
    public static void Normalise(Span<float> vector)
    {
        var squared = 0.0;
        foreach (var value in vector)
        {
            squared += (double)value * value;
        }

        for (var at = 0; at < vector.Length && squared > 0; at++)
        {
            vector[at] = (float)(vector[at] / Math.Sqrt(squared));
        }
    }

    /// <summary>The inner product of two vectors.</summary>
    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sums = Vector<float>.Zero;
        var at = 0;
        for (; at <= a.Length - Vector<float>.Count; at += Vector<float>.Count)
        {
            sums += new Vector<float>(a[at..]) * new Vector<float>(b[at..]);
        }

        var sum = System.Numerics.Vector.Sum(sums);
        for (; at < a.Length; at++)
        {
            sum += a[at] * b[at];
        }

        return sum;
    }

    private static void Write(string path, float[] values)
    {
        using var file = File.Create(path);
        file.Write(MemoryMarshal.AsBytes(values.AsSpan()));
    }
}
