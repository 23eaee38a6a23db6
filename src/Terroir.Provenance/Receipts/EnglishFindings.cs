using System.Diagnostics;

namespace Terroir.Provenance.Receipts;

/// <summary>What was found, in English.</summary>
internal static class EnglishFindings
{
    public static string Sentence(FindingCode code) => code switch
    {
        FindingCode.SignatureHolds => "The key {0} signed this receipt.",
        FindingCode.Complete => "The statement of the site {0} of {1} is complete and fits itself.",
        FindingCode.Logged => "The receipt is entry {0} of the {1} entries of the log {2}.",
        FindingCode.Witnessed => "The witness {0} saw this state of the log on {1}.",
        FindingCode.InLedger => "The copy of the log {1} with {0} entries has the receipt and is as signed.",
        FindingCode.LedgerGrew => "From {0} to {1} entries the log only grew.",
        FindingCode.QuestionShown => "The question is the one in the file.",
        FindingCode.AnswerShown => "The answer is the one in the file.",
        FindingCode.PromptShown => "The prompt is the one in the file.",
        FindingCode.PassagesShown => "{0} passages were shown, and no other.",
        FindingCode.QuoteInDocument => "Citation {0} is in the document, from byte {1} to before {2}.",
        FindingCode.QuoteShown => "The words of citation {0} are those in the file.",
        FindingCode.ExtractRead => "The extract of the site {0} of {1} has {2} entries.",
        FindingCode.ExtractSigned => "The key {0} signed this extract.",
        FindingCode.EntriesLogged => "The {0} entries are among the {1} entries of the log {2}.",
        FindingCode.EntriesWhole => "From entry {0} to entry {1} none is left out.",
        FindingCode.EventsShown => "What is shown of {0} entries is what the log commits to.",
        FindingCode.NoReceipt => "This is no receipt: {0}.",
        FindingCode.NotSigned => "No key that you trust signed this receipt.",
        FindingCode.NoKey => "No key was given to check the signature with; give the site's key or a policy.",
        FindingCode.Inconsistent => "The statement does not fit itself: {0}.",
        FindingCode.NoProof => "The proof of logging cannot be used: {0}.",
        FindingCode.NotLogged => "The proof of logging is not one of this receipt.",
        FindingCode.NoPolicy => "No policy was given to check the state of the log with.",
        FindingCode.NoCheckpoint => "What was signed is no state of a log.",
        FindingCode.LogUnknown => "No log that the policy names signed this state.",
        FindingCode.LogSignatureWrong => "A signature under the state of the log is false.",
        FindingCode.QuorumMissed => "Fewer witnesses signed the state of the log than the policy asks for.",
        FindingCode.LedgerWrong => "The copy of the log cannot be used: {0}.",
        FindingCode.NotInLedger => "The copy of the log does not have this receipt.",
        FindingCode.LedgerForked => "The log has two histories: the proof's state is not the beginning of the copy.",
        FindingCode.NoOpenings => "The file that shows what was committed to cannot be used: {0}.",
        FindingCode.QuestionDiffers => "The question in the file is not the one that was asked.",
        FindingCode.AnswerDiffers => "The answer in the file is not the one that was given.",
        FindingCode.PromptDiffers => "The prompt in the file is not the one that was used.",
        FindingCode.PassagesDiffer => "The passages in the file are not those that were shown.",
        FindingCode.QuoteDiffers => "The words of citation {0} are others.",
        FindingCode.DocumentNotCited => "Nothing shows that the receipt cites document {0}.",
        FindingCode.NoExtract => "This is no extract: {0}.",
        FindingCode.ExtractNotSigned => "No key that you trust signed this extract.",
        FindingCode.EntryNotLogged => "Nothing shows that entry {0} is in the log.",
        FindingCode.EventDiffers => "What is shown of entry {0} is not what the log commits to.",
        FindingCode.LogNotGiven => "Whether the receipt is in a log was not checked: no proof of logging was given.",
        FindingCode.WitnessesNotAsked => "No witness is asked for: that the log shows all the same, only it says.",
        FindingCode.QuestionNotGiven => "The question was not given, or was erased.",
        FindingCode.AnswerNotGiven => "The answer was not given, or was erased.",
        FindingCode.QuoteNotGiven => "The words of citation {0} were not given, or were erased.",
        FindingCode.ModelStated => "That the model {0} wrote the answer, only the site states.",
        FindingCode.DecisionStated => "That the decision was '{0}', only the site states.",
        FindingCode.EnergyStated => "That it took {0} J (from {1} to {2}, {3}), only the site states.",
        FindingCode.EnergyNotMetered => "The energy was not metered.",
        FindingCode.EntriesSelected => "That no other entry fits what was asked for ({0}), only the site states.",
        FindingCode.EventsClosed => "What {0} entries were about was not given, or was erased.",
        FindingCode.ActorsStated => "That the ids of people and things are theirs, only the site states.",
        _ => OfPruning(code),
    };

    private static string OfPruning(FindingCode code) => code switch
    {
        FindingCode.NotInRest => "The log was pruned: from entry {0} on it does not have this receipt. "
            + "If it is older, only its proof shows it: ask the site for that.",
        FindingCode.PrunedFromLedger =>
            "The log was pruned: entry {0} stands before {1}, where what it publishes begins. That it is in the log, "
            + "only its proof shows.",
        FindingCode.GrowthPruned =>
            "The log was pruned: whether it grew from {0} entries, before {1}, cannot be checked.",
        _ => OfErasure(code),
    };

    private static string OfErasure(FindingCode code) => code switch
    {
        FindingCode.CertificateRead => "The site {0} certified on {1} that documents were erased: {2}.",
        FindingCode.CertificateSigned => "The key {0} signed this certificate.",
        FindingCode.CertificateLogged => "The certificate is entry {0} of the {1} entries of the log {2}.",
        FindingCode.AskedShown => "What was asked for is what the file shows.",
        FindingCode.NoCertificate => "This is no erasure certificate: {0}.",
        FindingCode.CertificateNotSigned => "No key that you trust signed this certificate.",
        FindingCode.CertificateNotLogged => "The proof does not lead from this certificate to the log.",
        FindingCode.AskedDiffers => "What was asked for is not what the file shows.",
        FindingCode.AskedNotGiven => "What was asked for was not given.",
        FindingCode.ErasureStated =>
            "Remains that were found, as only the site states: {0}; files: {1}; bytes: {2}.",
        FindingCode.OutOfReach => "Out of the site's reach, as it states: {0}.",
        _ => throw new UnreachableException($"The finding {code} has no sentence."),
    };
}
