namespace Terroir.Sovereignty.Cedar;

/// <summary>The answer to a request: allowed if a policy permits and none forbids.</summary>
/// <param name="IsAllowed">Whether it is allowed.</param>
/// <param name="Reasons">The policies that decided, in the order of the set: those that forbid if any does, else those
/// that permit. Empty where none applies, which denies.</param>
/// <param name="Errors">The policies that could not be evaluated and counted for nothing, in the order of the set.
/// </param>
public sealed record AuthorizationResult(
    bool IsAllowed,
    IReadOnlyList<string> Reasons,
    IReadOnlyList<EvaluationError> Errors);

/// <summary>Why a policy could not be evaluated.</summary>
/// <param name="PolicyId">The policy.</param>
/// <param name="Kind">What went wrong.</param>
public sealed record EvaluationError(string PolicyId, EvaluationErrorKind Kind);

/// <summary>What can go wrong when a policy is evaluated.</summary>
public enum EvaluationErrorKind
{
    /// <summary>A value of another type than the operation takes.</summary>
    WrongType,

    /// <summary>A number that left 64 bits.</summary>
    Overflow,

    /// <summary>An entity that is not in the store.</summary>
    EntityMissing,

    /// <summary>An attribute that is not there.</summary>
    AttributeMissing,

    /// <summary>A tag that is not there.</summary>
    TagMissing,

    /// <summary>A text that an extension type does not read, or a result out of its range.</summary>
    ExtensionFailed,
}
