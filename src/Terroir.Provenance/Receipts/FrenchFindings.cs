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
        FindingCode.LogNotGiven => "L'inscription au journal n'a pas été vérifiée : aucune preuve n'a été donnée.",
        FindingCode.WitnessesNotAsked => "Aucun témoin exigé : que le journal soit le même pour tous, lui seul le dit.",
        FindingCode.QuestionNotGiven => "La question n'a pas été donnée, ou a été effacée.",
        FindingCode.AnswerNotGiven => "La réponse n'a pas été donnée, ou a été effacée.",
        FindingCode.QuoteNotGiven => "Les mots de la citation {0} n'ont pas été donnés, ou ont été effacés.",
        FindingCode.ModelStated => "Que le modèle {0} a écrit la réponse, seul le site l'affirme.",
        FindingCode.DecisionStated => "Que la décision était « {0} », seul le site l'affirme.",
        FindingCode.EnergyStated => "Qu'il a fallu {0} J (de {1} à {2}, {3}), seul le site l'affirme.",
        FindingCode.EnergyNotMetered => "L'énergie n'a pas été mesurée.",
        _ => throw new UnreachableException($"The finding {code} has no sentence."),
    };
}
