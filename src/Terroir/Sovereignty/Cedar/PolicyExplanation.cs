namespace Terroir.Sovereignty.Cedar;

/// <summary>Why a policy whose scope fits a request applies to it, or not.</summary>
/// <param name="PolicyId">The policy.</param>
/// <param name="Effect">What it does when it applies.</param>
/// <param name="Line">Where it begins in its file, from 1.</param>
/// <param name="Applies">Whether all conditions hold; <see langword="null"/> if one could not be evaluated.</param>
/// <param name="Conditions">The conditions that were looked at, up to the first that does not hold.</param>
public sealed record PolicyExplanation(
    string PolicyId,
    PolicyEffect Effect,
    int Line,
    bool? Applies,
    IReadOnlyList<ConditionExplanation> Conditions);

/// <summary>One condition, or one of the parts that <c>&amp;&amp;</c> joins.</summary>
/// <param name="IsUnless">Whether it must not be true.</param>
/// <param name="Text">The condition.</param>
/// <param name="Holds">Whether it holds; <see langword="null"/> if it could not be evaluated.</param>
/// <param name="Error">Why not.</param>
public sealed record ConditionExplanation(bool IsUnless, string Text, bool? Holds, EvaluationErrorKind? Error);
