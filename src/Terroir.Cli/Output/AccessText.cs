using Terroir.Access;

namespace Terroir.Cli.Output;

/// <summary>Why somebody may read a document, in words.</summary>
internal static class AccessText
{
    /// <summary>The sentence that decides.</summary>
    public static string Describe(AccessExplanation explanation, string path, bool isFrench) =>
        (explanation.Reason, isFrench) switch
        {
            (AccessReason.Allowed, true) => $"{explanation.User} peut lire {path} : une entrée l'autorise.",
            (AccessReason.Allowed, false) => $"{explanation.User} may read {path}: an entry allows it.",
            (AccessReason.Denied, true) => $"{explanation.User} ne peut pas lire {path} : une entrée l'interdit.",
            (AccessReason.Denied, false) => $"{explanation.User} may not read {path}: an entry denies it.",
            (AccessReason.NotAllowed, true) =>
                $"{explanation.User} ne peut pas lire {path} : aucune entrée ne l'autorise.",
            (AccessReason.NotAllowed, false) => $"{explanation.User} may not read {path}: no entry allows it.",
            (AccessReason.NobodyAllowed, true) =>
                $"{explanation.User} ne peut pas lire {path} : personne n'y est autorisé.",
            (AccessReason.NobodyAllowed, false) => $"{explanation.User} may not read {path}: nobody is allowed.",
            (_, true) => $"L'annuaire n'a pas de {explanation.User} : cette personne ne lit rien.",
            _ => $"The directory has no {explanation.User}: who is not in it reads nothing.",
        };

    /// <summary>What an entry does.</summary>
    public static string Verb(bool isDeny, bool isFrench) => (isDeny, isFrench) switch
    {
        (true, true) => "interdit",
        (true, false) => "denies",
        (false, true) => "autorise",
        _ => "allows",
    };
}
