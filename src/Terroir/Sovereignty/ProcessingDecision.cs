namespace Terroir.Sovereignty;

/// <summary>What the policies of the site say.</summary>
/// <param name="Outcome">What may be done.</param>
/// <param name="Reasons">The policies that permit it; where nothing may be done, those that forbid it. Empty where no
/// policy permits it, which denies.</param>
/// <param name="Against">The policies that forbid what was asked, where less than that may be done.</param>
public sealed record ProcessingDecision(
    ProcessingOutcome Outcome,
    IReadOnlyList<string> Reasons,
    IReadOnlyList<string> Against);

/// <summary>What may be done, from most to least.</summary>
public enum ProcessingOutcome
{
    /// <summary>What was asked.</summary>
    Allow,

    /// <summary>What was asked, once personal data are taken out.</summary>
    AllowRedacted,

    /// <summary>The same on this machine.</summary>
    LocalOnly,

    /// <summary>What was asked, once a person has approved it.</summary>
    AskHuman,

    /// <summary>Nothing.</summary>
    Deny,
}
