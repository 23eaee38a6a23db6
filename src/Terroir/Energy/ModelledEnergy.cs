using System.Runtime.InteropServices;

namespace Terroir.Energy;

/// <summary>Energy that was computed from a model of what draws it, between bounds.</summary>
/// <param name="MillijoulesMin">The least that it can be.</param>
/// <param name="MillijoulesMax">The most that it can be.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ModelledEnergy(long MillijoulesMin, long MillijoulesMax)
{
    private const double MillijoulesPerJoule = 1_000;

    /// <summary>The middle of the bounds, in joules.</summary>
    public double Joules => (MillijoulesMin + ((MillijoulesMax - MillijoulesMin) / 2)) / MillijoulesPerJoule;

    /// <summary>The least, in joules.</summary>
    public double JoulesMin => MillijoulesMin / MillijoulesPerJoule;

    /// <summary>The most, in joules.</summary>
    public double JoulesMax => MillijoulesMax / MillijoulesPerJoule;

    /// <summary>The sum of two.</summary>
    public static ModelledEnergy operator +(ModelledEnergy one, ModelledEnergy other) =>
        new(one.MillijoulesMin + other.MillijoulesMin, one.MillijoulesMax + other.MillijoulesMax);
}
