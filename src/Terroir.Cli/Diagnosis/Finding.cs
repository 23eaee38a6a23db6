namespace Terroir.Cli.Diagnosis;

/// <summary>What a check found.</summary>
/// <param name="Name">What was checked.</param>
/// <param name="Level">How bad it is.</param>
/// <param name="Fact">What is the case.</param>
/// <param name="Why">Why it matters; <see langword="null"/> if all is well.</param>
/// <param name="Mend">The command that mends it; <see langword="null"/> if all is well.</param>
internal sealed record Finding(string Name, FindingLevel Level, string Fact, string? Why, string? Mend)
{
    public static Finding Sound(string name, string fact) => new(name, FindingLevel.Sound, fact, Why: null, Mend: null);

    public static Finding Warning(string name, string fact, string why, string mend) =>
        new(name, FindingLevel.Warning, fact, why, mend);

    public static Finding Problem(string name, string fact, string why, string mend) =>
        new(name, FindingLevel.Problem, fact, why, mend);
}

/// <summary>How bad a finding is.</summary>
internal enum FindingLevel
{
    /// <summary>All is well.</summary>
    Sound,

    /// <summary>It works, and something needs attention.</summary>
    Warning,

    /// <summary>It does not work, or is not safe.</summary>
    Problem,
}
