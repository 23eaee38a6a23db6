using Terroir.Documents;

namespace Terroir.Web;

/// <summary>The words for quality in French.</summary>
internal static class FrenchQualityWords
{
    public static QualityText All { get; } = new()
    {
        Console = ConsoleText.French,
        Title = "Qualité des documents",
        Summary = "Documents qui répondent : {0:N0}, dont {1:P0} notés A ou B.",
        SummaryHeld = "Fichiers retenus par une règle, qui ne répondent pas : {0:N0}.",
        SummaryUnread = "Fichiers qui n’ont pas pu être lus : {0:N0}.",
        SummaryUngraded = "Documents encore sans note : {0:N0}. « terroir retry » les note.",
        GradesTitle = "Notes par axe",
        Axis = "Axe",
        Overall = "Ensemble",
        None = "sans note",
        CoverageTitle = "Ce que sont devenus les fichiers",
        Found = "Trouvés",
        Ignored = "Ignorés",
        Warned = "dont signalés",
        Released = "dont admis par une personne",
        Held = "Retenus",
        Former = "dont version précédente conservée",
        Unread = "Non lus",
        FixesTitle = "À corriger d’abord",
        FixesHint = "Dans l’ordre de l’effet : le gain est la somme des notes que les documents gagneraient.",
        Fix = "Que faire",
        Finding = "Constat",
        Effect = "Gain",
        WorstTitle = "Les documents les moins bons",
        WorstEmpty = "Aucun document n’a de note inférieure à A.",
        HeldTitle = "Fichiers retenus",
        HeldHint = "Corrigez le fichier ; la prochaine lecture le juge de nouveau. Pour l’admettre tel quel : « "
            + "terroir quality release SOURCE CHEMIN ».",
        HeldFormer = "Sa version précédente répond encore.",
        Document = "Document",
        Grade = "Note",
        FirstFix = "À faire d’abord",
        TrendTitle = "Évolution",
        TrendHint = "Part des documents notés A ou B, jour après jour.",
        TrendEmpty = "L’évolution se lit à partir de deux jours.",
        Day = "Jour",
        Documents = "Documents",
        Points = "Moyenne (A = 4, E = 0)",
        KeyTitle = "Les notes",
        Axes = new Dictionary<QualityAxis, string>
        {
            [QualityAxis.Readability] = "lisibilité",
            [QualityAxis.Metadata] = "métadonnées",
            [QualityAxis.Freshness] = "fraîcheur",
            [QualityAxis.Duplication] = "doublons",
            [QualityAxis.Structure] = "structure",
            [QualityAxis.Sensitivity] = "sensibilité connue",
            [QualityAxis.Poisoning] = "empoisonnement",
        },
        Grades = new Dictionary<QualityGrade, string>
        {
            [QualityGrade.A] = "rien à faire",
            [QualityGrade.B] = "bon, améliorable",
            [QualityGrade.C] = "utilisable, à regarder",
            [QualityGrade.D] = "médiocre : réponses à vérifier",
            [QualityGrade.E] = "inutilisable",
        },
        Verdicts = new Dictionary<QualityVerdict, string>
        {
            [QualityVerdict.Index] = "indexé",
            [QualityVerdict.Warn] = "indexé, signalé",
            [QualityVerdict.Hold] = "retenu",
            [QualityVerdict.Released] = "admis par une personne",
        },
        Findings = new Dictionary<string, FindingText>(StringComparer.Ordinal)
        {
            ["odd-characters"] = new(
                "caractères illisibles",
                "{0:P1} de caractères illisibles",
                "Exportez de nouveau le fichier depuis le logiciel qui l’a fait, ou numérisez-le mieux."),
            ["wrong-encoding"] = new(
                "lettres mal décodées (Ã©)",
                "{0:P1} de lettres mal décodées (Ã©)",
                "Enregistrez le fichier de nouveau en UTF-8 depuis l’original."),
            ["implausible-words"] = new(
                "mots qui n’en sont pas",
                "{0:P0} de mots qui n’en sont pas",
                "Numérisez de nouveau à 300 points par pouce, bien droit, ou fournissez le fichier d’origine."),
            ["word-length"] = new(
                "mots trop courts ou trop longs",
                "{0:N1} lettres par mot",
                "Fournissez le fichier d’origine : les espaces ont été perdues ou ajoutées à l’extraction."),
            ["confidence"] = new(
                "lecture peu sûre",
                "lecture sûre à {0:P0} seulement",
                "Numérisez de nouveau à 300 points par pouce, bien droit, ou fournissez le fichier d’origine."),
            ["empty-pages"] = new(
                "pages sans texte",
                "{0:P0} de pages sans texte",
                "Passez les pages numérisées à la reconnaissance de caractères, ou fournissez le fichier d’origine."),
            ["reader-warnings"] = new(
                "parties non lues",
                "{0:N0} avertissement(s) à la lecture",
                "Ouvrez le fichier, corrigez ce que la lecture signale, puis enregistrez-le de nouveau."),
            ["title-missing"] = new(
                "titre absent",
                "titre absent",
                "Donnez un titre : dans les propriétés du fichier, ou par un premier titre de niveau 1."),
            ["name-empty"] = new(
                "nom de fichier qui ne dit rien",
                "nom de fichier qui ne dit rien",
                "Renommez le fichier d’après ce qu’il contient."),
            ["format-without-properties"] = new(
                "ni auteur ni date dans le fichier",
                "ni auteur ni date dans le fichier",
                "Si l’auteur et la date comptent, écrivez-les au début du texte ou gardez le fichier bureautique."),
            ["author-missing"] = new(
                "auteur absent",
                "auteur absent",
                "Remplissez le champ Auteur dans les propriétés du fichier."),
            ["date-missing"] = new(
                "date absente",
                "date absente",
                "Enregistrez le fichier avec un logiciel qui en garde la date, ou ajoutez-la aux propriétés."),
            ["language-unknown"] = new(
                "langue inconnue",
                "langue inconnue",
                "Indiquez la langue dans les propriétés du fichier."),
            ["old"] = new(
                "ancien",
                "sans changement depuis {0:N0} jours",
                "Relisez-le : confirmez-le par un nouvel enregistrement, ou archivez-le hors de la source."),
            ["age-unknown"] = new(
                "âge inconnu",
                "âge inconnu",
                "Donnez au fichier sa date de modification."),
            ["expired"] = new(
                "périmé",
                "périmé depuis {0:N0} jours",
                "Remplacez-le par la version en vigueur, ou retirez-le de la source."),
            ["expires-soon"] = new(
                "bientôt périmé",
                "périmé dans {0:N0} jours",
                "Préparez la version qui le remplace."),
            ["has-copies"] = new(
                "copies plus anciennes",
                "{0:N0} copie(s) plus ancienne(s)",
                "Gardez ce document et supprimez ses copies, si leurs lecteurs peuvent le lire."),
            ["is-older-copy"] = new(
                "copie d’un document plus récent",
                "copie ; {0:N0} autre(s) au même texte",
                "Supprimez cette copie, si ses lecteurs peuvent lire la plus récente."),
            ["has-versions"] = new(
                "versions plus anciennes",
                "{0:N0} version(s) plus ancienne(s)",
                "Archivez les versions plus anciennes hors de la source."),
            ["is-older-version"] = new(
                "version ancienne",
                "version ancienne ; {0:N0} autre(s) presque identique(s)",
                "Archivez cette version hors de la source, si une plus récente la remplace."),
            ["nearly-empty"] = new(
                "presque vide",
                "{0:N0} mot(s) seulement",
                "Complétez le document, ou retirez-le de la source ; si c’est une image de texte, "
                    + "numérisez-la avec reconnaissance."),
            ["headings-missing"] = new(
                "aucun titre de section",
                "{0:N0} mots sans titre de section",
                "Ajoutez des titres avec les styles Titre 1, Titre 2 : un passage sera compris par lui-même."),
            ["headings-rare"] = new(
                "titres de section trop rares",
                "{0:N0} mots de suite sans titre de section",
                "Ajoutez des titres dans les longues parties."),
            ["table-headers-missing"] = new(
                "tableaux sans ligne d’en-tête",
                "{0:N0} tableau(x) sans ligne d’en-tête",
                "Marquez la première ligne de chaque tableau comme en-tête."),
            ["cut-off"] = new(
                "texte qui s’arrête au milieu d’une phrase",
                "texte qui s’arrête au milieu d’une phrase",
                "Vérifiez que le fichier est complet et remplacez-le s’il a été coupé."),
            ["open-although-labelled"] = new(
                "ouvert à tous malgré son étiquette",
                "ouvert à tous malgré son étiquette",
                "Restreignez ses lecteurs, ou corrigez son étiquette."),
            ["open-although-marked"] = new(
                "ouvert à tous, marqué confidentiel",
                "ouvert à tous, marqué confidentiel",
                "Restreignez ses lecteurs, ou donnez-lui une étiquette."),
            ["nobody-reads"] = new(
                "personne ne peut le lire",
                "personne ne peut le lire",
                "Donnez-lui des lecteurs, ou retirez-le de la source."),
            ["open-without-label"] = new(
                "ouvert à tous, sans étiquette",
                "ouvert à tous, sans étiquette",
                "Étiquetez-le « public » si c’est voulu ; sinon restreignez ses lecteurs."),
            ["label-missing"] = new(
                "sans étiquette",
                "sans étiquette",
                "Donnez-lui une étiquette : public, interne, confidentiel ou secret."),
            ["orders"] = new(
                "ordres donnés à un modèle",
                "ordres donnés à un modèle ({0:N0} point(s))",
                "Lisez le document : qui l’a écrit, et pourquoi ? Retirez ces phrases, ou le document de la source."),
            ["concealed-characters"] = new(
                "caractères qui cachent du texte",
                "{0:N0} caractère(s) qui cachent du texte",
                "Demandez le fichier d’origine à son auteur : l’œil ne voit pas tout ce que celui-ci contient."),
            ["hidden-pieces"] = new(
                "texte masqué",
                "{0:N0} morceau(x) de texte masqué, non lus",
                "Affichez le texte masqué dans le logiciel, puis supprimez-le ou rendez-le visible."),
        },
    };
}
