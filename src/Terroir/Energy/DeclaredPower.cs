using System.Globalization;

namespace Terroir.Energy;

/// <summary>What an answer at work adds to the power that a machine draws, as its operator measured it at the plug or
/// was told it, and where that power comes from.</summary>
public sealed class DeclaredPower
{
    /// <summary>The method that receipts name for joules that were modelled so.</summary>
    public const string Method = "declared power";

    /// <summary>The most that may be declared, in watts.</summary>
    public const double WattsMax = 1_000_000;

    /// <summary>The most carbon that may be declared, in grams for a kilowatt hour.</summary>
    public const int CarbonMax = 10_000;

    /// <summary>The least that one answer adds, in watts, as where several share a run. 0, the default, to
    /// <see cref="MaxWatts"/>.</summary>
    public double MinWatts { get; set; }

    /// <summary>The most that one answer adds, in watts, as where it has the machine for itself. 0, the default, is
    /// unknown.</summary>
    public double MaxWatts { get; set; }

    /// <summary>The carbon intensity of the electricity; <see langword="null"/>, the default, is unknown.</summary>
    public int? CarbonGramsPerKilowattHour { get; set; }

    /// <summary>Whether the power is known.</summary>
    public bool IsKnown => MaxWatts > 0;

    /// <summary>What a call takes: at the most the highest power from the call to its end, at the least the lowest
    /// while the answer was being written, since a call may have waited before.</summary>
    /// <param name="whole">From the call to its end.</param>
    /// <param name="writing">From the first word to the last.</param>
    public ModelledEnergy Over(TimeSpan whole, TimeSpan writing) => new(
        (long)Math.Floor(MinWatts * Math.Min(writing.TotalMilliseconds, whole.TotalMilliseconds)),
        (long)Math.Ceiling(MaxWatts * whole.TotalMilliseconds));

    /// <summary>Looks for what cannot be meant.</summary>
    /// <param name="name">The name of the setting.</param>
    /// <returns>What is wrong, or <see langword="null"/>.</returns>
    internal string? FindFault(string name) =>
        !(MaxWatts is >= 0 and <= WattsMax)
            ? string.Create(CultureInfo.InvariantCulture, $"{name}:{nameof(MaxWatts)} is not from 0 to {WattsMax}.")
        : !(MinWatts >= 0 && MinWatts <= MaxWatts)
            ? $"{name}:{nameof(MinWatts)} is not from 0 to {nameof(MaxWatts)}: write both in watts, and the same twice "
                + "only where the power was measured and does not change."
        : CarbonGramsPerKilowattHour is < 0 or > CarbonMax
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{name}:{nameof(CarbonGramsPerKilowattHour)} is not from 0 to {CarbonMax}.")
        : null;
}
