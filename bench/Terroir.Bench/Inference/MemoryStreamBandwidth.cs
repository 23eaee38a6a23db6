using System.Numerics;
using System.Runtime.InteropServices;

namespace Terroir.Bench.Inference;

/// <summary>How fast one thread reads memory: the bound of decoding, which reads all weights for each token.</summary>
internal static class MemoryStreamBandwidth
{
    private const int SizeBytes = 1 << 29;
    private const int RunCount = 5;

    /// <summary>Returns bytes a CPU-second, the best of several runs over 512 MiB.</summary>
    public static double Measure()
    {
        var vectors = MemoryMarshal.Cast<byte, Vector<long>>(GC.AllocateUninitializedArray<byte>(SizeBytes).AsSpan());
        vectors.Fill(Vector<long>.One);
        var best = 0.0;
        var sum = Vector<long>.Zero;
        for (var run = 0; run < RunCount; run++)
        {
            var before = ProcessUse.CpuSeconds();
            var (first, second, third, fourth) = (sum, sum, sum, sum);
            for (var index = 0; index + 3 < vectors.Length; index += 4)
            {
                first += vectors[index];
                second += vectors[index + 1];
                third += vectors[index + 2];
                fourth += vectors[index + 3];
            }

            sum = first + second + third + fourth;
            best = Math.Max(best, SizeBytes / (ProcessUse.CpuSeconds() - before));
        }

        return Vector.Sum(sum) == 0 ? 0 : best;
    }
}
