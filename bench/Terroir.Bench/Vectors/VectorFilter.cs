namespace Terroir.Bench.Vectors;

/// <summary>Which vectors an asker may read.</summary>
/// <param name="Name">How many, and how they were chosen.</param>
/// <param name="Bitmap">A bit for each vector; <see langword="null"/> for all.</param>
internal sealed record VectorFilter(string Name, ulong[]? Bitmap)
{
    /// <summary>All; a random half, tenth, hundredth and thousandth; and the hundredth that is nearest to one vector,
    /// which is what a department may be allowed that the questions are not about.</summary>
    public static VectorFilter[] All(VectorWork work)
    {
        var random = new Random(99);
        return
        [
            new("none", null),
            Random(work, "50 %", 0.5, random),
            Random(work, "10 %", 0.1, random),
            Random(work, "1 %", 0.01, random),
            Random(work, "0.1 %", 0.001, random),
            Nearest(work, random.Next(work.Count)),
        ];
    }

    /// <summary>Writes the bitmap for peers; nothing for all.</summary>
    public void Write(string path) =>
        File.WriteAllBytes(path, System.Runtime.InteropServices.MemoryMarshal.AsBytes(Bitmap.AsSpan()).ToArray());

    private static VectorFilter Random(VectorWork work, string name, double share, Random random) =>
        new(name, Bits(work.Count, Enumerable.Range(0, work.Count).Where(_ => random.NextDouble() < share)));

    private static VectorFilter Nearest(VectorWork work, int centre) =>
        new("1 % near one", Bits(work.Count, Enumerable.Range(0, work.Count)
            .OrderByDescending(row => VectorWork.Dot(work.Vector(row), work.Vector(centre)))
            .Take(work.Count / 100)));

    private static ulong[] Bits(int count, IEnumerable<int> rows)
    {
        var bits = new ulong[(count + 63) / 64];
        foreach (var row in rows)
        {
            bits[row / 64] |= 1UL << (row % 64);
        }

        return bits;
    }
}
