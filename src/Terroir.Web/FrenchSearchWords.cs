namespace Terroir.Web;

/// <summary>The words of the search page in French.</summary>
internal static class FrenchSearchWords
{
    public static SearchText All { get; } = new()
    {
        Navigation = "Rechercher",
        Title = "Rechercher des passages",
        QueryLabel = "Mots cherchés",
        QueryHint =
            "Une suite de mots entre guillemets, et un mot à exclure précédé d’un tiret\u00A0: «\u00A0mot "
            + "de passe\u00A0» -wifi.",
        FiltersTitle = "Filtres",
        TypeLabel = "Type de fichier",
        AnyType = "Tous",
        LabelLabel = "Classification",
        LabelHint = "Telle qu’elle est écrite sur les documents, par exemple interne.",
        FromLabel = "Modifié à partir du",
        UntilLabel = "Modifié jusqu’au",
        Button = "Rechercher",
        ResultsTitle = "Résultats",
        Count = "Documents trouvés, les meilleurs d’abord\u00A0: {0}.",
        CountFull = "Les {0} meilleurs documents\u202F; ajoutez des mots ou un filtre pour en voir d’autres.",
        Nothing = "Aucun document que vous pouvez lire ne contient ces mots.",
        Suggestion = "Vouliez-vous dire",
        Why = "Pourquoi ce résultat\u202F?",
        WhyHint =
            "Ce que vaut chaque mot de la recherche dans ce document, compté sur les seuls documents que "
            + "vous pouvez lire.",
        Term = "Mot",
        Origin = "Provenance",
        InDocuments = "Documents",
        InText = "Fois dans le texte",
        Points = "Points",
        Score = "Total",
        TooManyWords = "La recherche est trop longue\u00A0: 4\u202F000 caractères et 64 mots différents au plus.",
        BadDay = "Ce n’est pas une date. Écrivez-la ainsi\u00A0: 2026-11-26.",
        Types = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["pdf"] = "PDF",
            ["word"] = "Texte (Word, OpenDocument)",
            ["excel"] = "Tableau",
            ["powerpoint"] = "Présentation",
            ["html"] = "Page web",
            ["text"] = "Texte brut",
            ["markdown"] = "Markdown",
            ["mail"] = "Courriel",
            ["image"] = "Image",
        },
        Origins = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["query"] = "recherche",
            ["identifier"] = "numéro ou date",
            ["acronym"] = "sigle",
        },
        Parts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["document"] = "document",
            ["meaning"] = "sens",
            ["passage"] = "passage",
            ["recurring"] = "texte répété",
            ["group"] = "copie",
        },
    };
}
