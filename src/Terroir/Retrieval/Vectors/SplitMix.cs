namespace Terroir.Retrieval.Vectors;

/// <summary>Pseudo-random numbers that will never change with the runtime: SplitMix64 (Steele, Lea and Flood, 2014).
/// </summary>
internal struct SplitMix(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>A number from 0 up to but without a limit; the bias of a remainder is below 2^-32.</summary>
    public int Below(int limit) => (int)(Next() % (ulong)limit);
}
