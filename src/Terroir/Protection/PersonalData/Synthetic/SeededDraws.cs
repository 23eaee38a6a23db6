namespace Terroir.Protection.PersonalData.Synthetic;

/// <summary>Numbers that follow from a seed alone (SplitMix64; Steele, Lea and Flood, 2014), also with another
/// version of the runtime.</summary>
internal sealed class SeededDraws(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A number from a first one to before a last one.</summary>
    public int Next(int first, int end)
    {
        _state += 0x9E3779B97F4A7C15UL;
        var mixed = _state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
        mixed ^= mixed >> 31;
        return first + (int)Math.BigMul(mixed, (ulong)(end - first), out _);
    }

    /// <summary>One of some texts.</summary>
    public string Pick(IReadOnlyList<string> texts) => texts[Next(0, texts.Count)];
}
