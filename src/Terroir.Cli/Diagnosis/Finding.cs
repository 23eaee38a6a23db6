using Microsoft.Extensions.Options;
using Terroir.Server.Sources;

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

    /// <summary>The settings of a part are wrong, so that the site does not start.</summary>
    public static Finding Settings(string name, OptionsValidationException exception, string mend) => Problem(
        name,
        string.Join(' ', exception.Failures),
        "The site does not start until its settings are right.",
        mend);

    /// <summary>Others than the service can read a secret, if there is a file that has it.</summary>
    public static IEnumerable<Finding> OpenSecret(string name, string? file, string why) =>
        file is not null && Secrets.IsOpenToOthers(file)
            ? [Warning(name, $"Others can read {file}.", why, $"chmod 600 '{file}'")]
            : [];
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
