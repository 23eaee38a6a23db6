using Terroir.Sovereignty.Cedar;

namespace Terroir.Cli.Commands.Policies;

/// <summary>Tells people how a decision came about.</summary>
/// <param name="isFrench">Whether in French, else in English.</param>
internal sealed class ExplanationWords(bool isFrench)
{
    public static ExplanationWords Of(string language) =>
        new(string.Equals(language, "fr", StringComparison.Ordinal));

    public string Decide(AuthorizationResult result)
    {
        var decision = result.IsAllowed ? Say("allowed", "autorisé") : Say("denied", "refusé");
        return result.Reasons.Count > 0
            ? $"{decision}: {string.Join(", ", result.Reasons)}"
            : $"{decision}: {Say("no policy permits it", "aucune règle ne l'autorise")}";
    }

    public string Describe(PolicyExplanation policy)
    {
        var effect = policy.Effect == PolicyEffect.Permit ? Say("permits", "autorise") : Say("forbids", "interdit");
        var applies = policy.Applies switch
        {
            true => Say("applies", "s'applique"),
            false => Say("does not apply", "ne s'applique pas"),
            null => Say("cannot be evaluated and counts for nothing", "ne peut être évaluée et ne compte pas"),
        };
        return $"{policy.PolicyId} ({effect}): {applies}";
    }

    public string Describe(ConditionExplanation condition)
    {
        var keyword = condition.IsUnless ? "unless " : "";
        var outcome = condition.Holds switch
        {
            true => Say("held", "vérifiée"),
            false => Say("did not hold", "non vérifiée"),
            null => Describe(condition.Error),
        };
        return $"{keyword}{condition.Text}: {outcome}";
    }

    private string Describe(EvaluationErrorKind? error) => error switch
    {
        EvaluationErrorKind.Overflow => Say("a number leaves 64 bits", "un nombre dépasse 64 bits"),
        EvaluationErrorKind.EntityMissing => Say("the entity is not known", "l'entité est inconnue"),
        EvaluationErrorKind.AttributeMissing => Say("the attribute is not there", "l'attribut est absent"),
        EvaluationErrorKind.TagMissing => Say("the tag is not there", "l'étiquette est absente"),
        EvaluationErrorKind.ExtensionFailed => Say("a text cannot be read", "un texte ne peut être lu"),
        _ => Say("a value is of the wrong type", "une valeur est d'un autre type"),
    };

    private string Say(string english, string french) => isFrench ? french : english;
}
