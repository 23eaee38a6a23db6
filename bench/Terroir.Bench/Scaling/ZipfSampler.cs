namespace Terroir.Bench.Scaling;

/// <summary>Draws numbers from 0 whose frequency falls with their rank: the number of rank r with weight 1/(r+1).
/// </summary>
internal sealed class ZipfSampler
{
    private readonly double[] _sums;

    public ZipfSampler(int count)
    {
        _sums = new double[count];
        var sum = 0.0;
        for (var rank = 0; rank < count; rank++)
        {
            _sums[rank] = sum += 1.0 / (rank + 1);
        }
    }

    public int Draw(Random random)
    {
        var at = Array.BinarySearch(_sums, random.NextDouble() * _sums[^1]);
        return Math.Min(at < 0 ? ~at : at, _sums.Length - 1);
    }
}
