namespace Terroir.Energy;

/// <summary>What the calls of one request take together. Not for several threads at once.</summary>
internal sealed class EnergyCount
{
    private bool _isWhole = true;

    /// <summary>The sum; <see langword="null"/> if nothing was called, or a call took what is not known.</summary>
    public ModelledEnergy? Total { get => _isWhole ? field : null; private set; }

    /// <summary>Adds a call.</summary>
    /// <param name="energy">What it took; <see langword="null"/> if that is not known.</param>
    public void Add(ModelledEnergy? energy)
    {
        _isWhole &= energy is not null;
        Total = (Total ?? default) + (energy ?? default);
    }
}
