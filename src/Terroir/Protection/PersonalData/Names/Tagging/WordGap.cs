namespace Terroir.Protection.PersonalData.Names.Tagging;

/// <summary>What stands between two words with capitals.</summary>
internal enum WordGap
{
    /// <summary>More than a name may hold: both are of different runs.</summary>
    Break,

    /// <summary>Nothing, as behind an initial.</summary>
    Nothing,

    /// <summary>A space.</summary>
    Space,

    /// <summary>A particle, as in "de la".</summary>
    Particle,
}
