using System.Runtime.InteropServices;

namespace Terroir.Storage;

/// <summary>What models cost somebody: the default is nothing.</summary>
/// <param name="Tokens">Tokens of prompts and of what was written.</param>
/// <param name="Milliseconds">How long models were at work.</param>
/// <param name="Millijoules">What they took at the most; 0 where that is not known.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ModelCost(long Tokens, long Milliseconds, long Millijoules = 0)
{
    /// <summary>The sum of two.</summary>
    public static ModelCost operator +(ModelCost one, ModelCost other) => new(
        one.Tokens + other.Tokens,
        one.Milliseconds + other.Milliseconds,
        one.Millijoules + other.Millijoules);

    /// <summary>What is left of one without another; never less than nothing.</summary>
    public static ModelCost operator -(ModelCost one, ModelCost other) => new(
        Math.Max(0, one.Tokens - other.Tokens),
        Math.Max(0, one.Milliseconds - other.Milliseconds),
        Math.Max(0, one.Millijoules - other.Millijoules));

    /// <summary>Whether none of it is above a limit.</summary>
    public bool IsWithin(ModelCost limit) =>
        Tokens <= limit.Tokens && Milliseconds <= limit.Milliseconds && Millijoules <= limit.Millijoules;
}
