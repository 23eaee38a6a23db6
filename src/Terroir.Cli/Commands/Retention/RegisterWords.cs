namespace Terroir.Cli.Commands.Retention;

/// <summary>The words of the register in a language.</summary>
internal sealed record RegisterWords(
    string Title,
    string Activity,
    string Purpose,
    string Documents,
    string Labels,
    string Sources,
    string Readers,
    string Retention,
    string Security,
    string Transfers,
    string Unknown,
    string Sealed,
    string NotSealed,
    string NoTransfer,
    string NoRule)
{
    private static readonly RegisterWords English = new(
        "Register of processing (draft)",
        "Activity",
        "Purpose and legal basis",
        "Documents",
        "Labels",
        "Sources",
        "Recipients",
        "Retention",
        "Security",
        "Transfers",
        "to be completed",
        "content sealed with AES-256-GCM, permissions before retrieval, ledger of events",
        "permissions before retrieval, ledger of events; content not sealed",
        "none: no model server is set",
        "no rule");

    private static readonly RegisterWords French = new(
        "Registre des traitements (projet)",
        "Traitement",
        "Finalité et base légale",
        "Documents",
        "Étiquettes",
        "Sources",
        "Destinataires",
        "Durée de conservation",
        "Sécurité",
        "Transferts",
        "à compléter",
        "contenu scellé par AES-256-GCM, droits vérifiés avant la recherche, journal des événements",
        "droits vérifiés avant la recherche, journal des événements ; contenu non scellé",
        "aucun : aucun serveur de modèle n'est réglé",
        "aucune règle");

    /// <summary>The words of a language.</summary>
    public static RegisterWords Of(string language) =>
        string.Equals(language, "fr", StringComparison.Ordinal) ? French : English;
}
