using System.Diagnostics;

namespace Terroir.Provenance.Receipts;

/// <summary>What was found, in French.</summary>
internal static class FrenchFindings
{
    public static string Sentence(FindingCode code) => code switch
    {
        FindingCode.SignatureHolds => "La clé {0} a signé ce reçu.",
        FindingCode.Complete => "La déclaration du site {0} du {1} est complète et cohérente.",
        FindingCode.Logged => "Le reçu est l'entrée {0} des {1} entrées du journal {2}.",
        FindingCode.Witnessed => "Le témoin {0} a vu cet état du journal le {1}.",
        FindingCode.InLedger => "La copie du journal {1}, de {0} entrées, contient le reçu et est telle que signée.",
        FindingCode.LedgerGrew => "De {0} à {1} entrées, le journal n'a fait que croître.",
        FindingCode.QuestionShown => "La question est celle du fichier.",
        FindingCode.AnswerShown => "La réponse est celle du fichier.",
        FindingCode.PromptShown => "L'invite est celle du fichier.",
        FindingCode.PassagesShown => "{0} passages ont été montrés, et aucun autre.",
        FindingCode.QuoteInDocument => "La citation {0} est dans le document, de l'octet {1} jusqu'avant le {2}.",
        FindingCode.QuoteShown => "Les mots de la citation {0} sont ceux du fichier.",
        FindingCode.ExtractRead => "L'extrait du site {0} du {1} a {2} entrées.",
        FindingCode.ExtractSigned => "La clé {0} a signé cet extrait.",
        FindingCode.EntriesLogged => "Les {0} entrées sont parmi les {1} entrées du journal {2}.",
        FindingCode.EntriesWhole => "De l'entrée {0} à l'entrée {1}, aucune n'est omise.",
        FindingCode.EventsShown => "Ce qui est montré de {0} entrées est ce que le journal engage.",
        FindingCode.NoReceipt => "Ce n'est pas un reçu : {0}.",
        FindingCode.NotSigned => "Aucune clé à laquelle vous faites confiance n'a signé ce reçu.",
        FindingCode.NoKey => "Aucune clé pour vérifier la signature ; donnez celle du site ou une politique.",
        FindingCode.Inconsistent => "La déclaration n'est pas cohérente : {0}.",
        FindingCode.NoProof => "La preuve d'inscription est inutilisable : {0}.",
        FindingCode.NotLogged => "La preuve d'inscription n'est pas celle de ce reçu.",
        FindingCode.NoPolicy => "Aucune politique n'a été donnée pour vérifier l'état du journal.",
        FindingCode.NoCheckpoint => "Ce qui a été signé n'est pas un état de journal.",
        FindingCode.LogUnknown => "Aucun journal que la politique nomme n'a signé cet état.",
        FindingCode.LogSignatureWrong => "Une signature sous l'état du journal est fausse.",
        FindingCode.QuorumMissed => "L'état du journal est signé de moins de témoins que la politique n'en exige.",
        FindingCode.LedgerWrong => "La copie du journal est inutilisable : {0}.",
        FindingCode.NotInLedger => "La copie du journal ne contient pas ce reçu.",
        FindingCode.LedgerForked => "Le journal a deux histoires : l'état de la preuve n'est pas le début de la copie.",
        FindingCode.NoOpenings => "Le fichier qui montre ce qui a été engagé est inutilisable : {0}.",
        FindingCode.QuestionDiffers => "La question du fichier n'est pas celle qui a été posée.",
        FindingCode.AnswerDiffers => "La réponse du fichier n'est pas celle qui a été donnée.",
        FindingCode.PromptDiffers => "L'invite du fichier n'est pas celle qui a servi.",
        FindingCode.PassagesDiffer => "Les passages du fichier ne sont pas ceux qui ont été montrés.",
        FindingCode.QuoteDiffers => "Les mots de la citation {0} sont autres.",
        FindingCode.DocumentNotCited => "Rien ne montre que le reçu cite le document {0}.",
        FindingCode.NoExtract => "Ce n'est pas un extrait : {0}.",
        FindingCode.ExtractNotSigned => "Aucune clé à laquelle vous faites confiance n'a signé cet extrait.",
        FindingCode.EntryNotLogged => "Rien ne montre que l'entrée {0} est dans le journal.",
        FindingCode.EventDiffers => "Ce qui est montré de l'entrée {0} n'est pas ce que le journal engage.",
        FindingCode.LogNotGiven => "L'inscription au journal n'a pas été vérifiée : aucune preuve n'a été donnée.",
        FindingCode.WitnessesNotAsked => "Aucun témoin exigé : que le journal soit le même pour tous, lui seul le dit.",
        FindingCode.QuestionNotGiven => "La question n'a pas été donnée, ou a été effacée.",
        FindingCode.AnswerNotGiven => "La réponse n'a pas été donnée, ou a été effacée.",
        FindingCode.QuoteNotGiven => "Les mots de la citation {0} n'ont pas été donnés, ou ont été effacés.",
        FindingCode.ModelStated => "Que le modèle {0} a écrit la réponse, seul le site l'affirme.",
        FindingCode.DecisionStated => "Que la décision était « {0} », seul le site l'affirme.",
        FindingCode.EnergyStated => "Qu'il a fallu {0} J (de {1} à {2}, {3}), seul le site l'affirme.",
        FindingCode.EnergyNotMetered => "L'énergie n'a pas été mesurée.",
        FindingCode.EntriesSelected => "Qu'aucune autre entrée ne réponde à la demande ({0}), seul le site l'affirme.",
        FindingCode.EventsClosed => "L'objet de {0} entrées n'a pas été donné, ou a été effacé.",
        FindingCode.ActorsStated => "Que les identifiants soient bien les leurs, seul le site l'affirme.",
        _ => OfPruning(code),
    };

    private static string OfPruning(FindingCode code) => code switch
    {
        FindingCode.NotInRest => "Le journal a été élagué : à partir de l'entrée {0}, il ne contient pas ce reçu. "
            + "S'il est plus ancien, seule sa preuve le montre : demandez-la au site.",
        FindingCode.PrunedFromLedger =>
            "Le journal a été élagué : l'entrée {0} précède {1}, où débute ce qu'il publie. Qu'elle soit dans le "
            + "journal, seule sa preuve le montre.",
        FindingCode.GrowthPruned =>
            "Le journal a été élagué : qu'il ait grandi depuis {0} entrées, avant {1}, n'est plus vérifiable.",
        _ => OfErasure(code),
    };

    private static string OfErasure(FindingCode code) => code switch
    {
        FindingCode.CertificateRead => "Le site {0} a certifié le {1} que des documents sont effacés : {2}.",
        FindingCode.CertificateSigned => "La clé {0} a signé ce certificat.",
        FindingCode.CertificateLogged => "Le certificat est l'entrée {0} des {1} entrées du journal {2}.",
        FindingCode.AskedShown => "Ce qui a été demandé est ce que montre le fichier.",
        FindingCode.NoCertificate => "Ce n'est pas un certificat d'effacement : {0}.",
        FindingCode.CertificateNotSigned => "Aucune clé à laquelle vous faites confiance n'a signé ce certificat.",
        FindingCode.CertificateNotLogged => "La preuve ne mène pas de ce certificat au journal.",
        FindingCode.AskedDiffers => "Ce qui a été demandé n'est pas ce que montre le fichier.",
        FindingCode.AskedNotGiven => "Ce qui a été demandé n'a pas été donné.",
        FindingCode.ErasureStated =>
            "Restes trouvés, selon le seul site : {0} ; fichiers : {1} ; octets : {2}.",
        FindingCode.OutOfReach => "Hors de portée du site, selon lui : {0}.",
        _ => throw new UnreachableException($"The finding {code} has no sentence."),
    };
}
