namespace Terroir.Provenance.Receipts;

/// <summary>What the verification of a receipt found. The names are part of the output of <c>--json</c>.</summary>
public enum FindingCode
{
    /// <summary>None.</summary>
    None = 0,

    // Proven.

    /// <summary>A trusted key signed the statement: the key's id.</summary>
    SignatureHolds,

    /// <summary>The statement is complete, of version 1, and fits itself: the site, the time.</summary>
    Complete,

    /// <summary>The receipt is in the log: its place, the log's size and origin.</summary>
    Logged,

    /// <summary>A witness saw that state of the log: its name, the time.</summary>
    Witnessed,

    /// <summary>The copy of the ledger has the receipt: the size and the origin.</summary>
    InLedger,

    /// <summary>The log only grew from the proof's state to that of the copy: both sizes.</summary>
    LedgerGrew,

    /// <summary>The question is the one that was shown.</summary>
    QuestionShown,

    /// <summary>The answer is the one that was shown.</summary>
    AnswerShown,

    /// <summary>The prompt is the one that was shown.</summary>
    PromptShown,

    /// <summary>The list of passages that were shown to the model is whole: their count.</summary>
    PassagesShown,

    /// <summary>A citation's bytes are those of the document at hand: its number, the first byte, the byte after the
    /// last.</summary>
    QuoteInDocument,

    /// <summary>A citation's bytes are the ones that were shown: its number.</summary>
    QuoteShown,

    /// <summary>The extract can be read: the site, the time, how many entries it has.</summary>
    ExtractRead,

    /// <summary>A trusted key signed the extract: the key's id.</summary>
    ExtractSigned,

    /// <summary>All entries of the extract are in the log: their count, the log's size and origin.</summary>
    EntriesLogged,

    /// <summary>No entry between the first and the last is left out: both places.</summary>
    EntriesWhole,

    /// <summary>What is shown of the entries is what the log commits to: how many.</summary>
    EventsShown,

    /// <summary>The erasure certificate can be read: the site, the time, how many documents.</summary>
    CertificateRead,

    /// <summary>A trusted key signed the certificate: the key's id.</summary>
    CertificateSigned,

    /// <summary>The certificate is in the log: its place, the log's size and origin.</summary>
    CertificateLogged,

    /// <summary>What was asked for is what was shown.</summary>
    AskedShown,

    // Failed.

    /// <summary>The file is no receipt: what is wrong.</summary>
    NoReceipt = 100,

    /// <summary>No trusted key signed it.</summary>
    NotSigned,

    /// <summary>There was no key to check the signature with.</summary>
    NoKey,

    /// <summary>The statement does not fit itself: the member.</summary>
    Inconsistent,

    /// <summary>The proof of logging cannot be read: what is wrong.</summary>
    NoProof,

    /// <summary>The proof does not lead from this receipt to the checkpoint.</summary>
    NotLogged,

    /// <summary>There was no policy to check the state of the log with.</summary>
    NoPolicy,

    /// <summary>What the log signed is no state of a log.</summary>
    NoCheckpoint,

    /// <summary>No log of the policy signed the state.</summary>
    LogUnknown,

    /// <summary>A signature under the state that claims to be of a trusted key does not hold.</summary>
    LogSignatureWrong,

    /// <summary>Fewer witnesses signed the state than the policy asks for.</summary>
    QuorumMissed,

    /// <summary>The copy of the ledger cannot be read, or is not what its checkpoint says: what is wrong.</summary>
    LedgerWrong,

    /// <summary>The copy of the ledger does not have the receipt.</summary>
    NotInLedger,

    /// <summary>The log of the proof is not the beginning of the copy: two histories.</summary>
    LedgerForked,

    /// <summary>The openings cannot be read, or are not of this receipt: what is wrong.</summary>
    NoOpenings,

    /// <summary>The question is another one.</summary>
    QuestionDiffers,

    /// <summary>The answer is another one.</summary>
    AnswerDiffers,

    /// <summary>The prompt is another one.</summary>
    PromptDiffers,

    /// <summary>The list of passages is not the one that the receipt commits to.</summary>
    PassagesDiffer,

    /// <summary>A citation's bytes are others: its number.</summary>
    QuoteDiffers,

    /// <summary>No citation is of a document at hand: its number among those given.</summary>
    DocumentNotCited,

    /// <summary>The file is no extract: what is wrong.</summary>
    NoExtract,

    /// <summary>No trusted key signed the extract.</summary>
    ExtractNotSigned,

    /// <summary>The file is no erasure certificate: what is wrong.</summary>
    NoCertificate,

    /// <summary>No trusted key signed the certificate.</summary>
    CertificateNotSigned,

    /// <summary>The proof does not lead from this certificate to the log.</summary>
    CertificateNotLogged,

    /// <summary>What was shown as asked for is something else.</summary>
    AskedDiffers,

    /// <summary>An entry's proof does not lead to the checkpoint: its place.</summary>
    EntryNotLogged,

    /// <summary>What is shown of an entry is not what the log commits to: its place.</summary>
    EventDiffers,

    /// <summary>The log was pruned, and what it still publishes does not have the receipt: its minimum index.</summary>
    NotInRest,

    // Not shown by what was given.

    /// <summary>No proof of logging was given.</summary>
    LogNotGiven = 200,

    /// <summary>No witness is asked for: only the log's word that it shows everybody the same.</summary>
    WitnessesNotAsked,

    /// <summary>The question was not given, or was erased.</summary>
    QuestionNotGiven,

    /// <summary>The answer was not given, or was erased.</summary>
    AnswerNotGiven,

    /// <summary>A citation's bytes were not given, or were erased: its number.</summary>
    QuoteNotGiven,

    /// <summary>What model ran, only the site states: its id.</summary>
    ModelStated,

    /// <summary>Why it was allowed, only the site states: the outcome.</summary>
    DecisionStated,

    /// <summary>The energy, only the site states: the figure, the bounds, the evidence.</summary>
    EnergyStated,

    /// <summary>No energy was metered.</summary>
    EnergyNotMetered,

    /// <summary>Which entries belong to the extract, only the site states: what was asked for.</summary>
    EntriesSelected,

    /// <summary>What some entries were about was erased or not given: how many.</summary>
    EventsClosed,

    /// <summary>The ids of people and things, only the site states.</summary>
    ActorsStated,

    /// <summary>What was asked for was not shown.</summary>
    AskedNotGiven,

    /// <summary>That nothing is left, only the site states: places with remains, files, bytes.</summary>
    ErasureStated,

    /// <summary>What the site states that it cannot reach: names.</summary>
    OutOfReach,

    /// <summary>The log was pruned, and the receipt stands before what it still publishes: its place, the minimum
    /// index.</summary>
    PrunedFromLedger,

    /// <summary>The log was pruned, and nothing leads from a state before its minimum index to the latest: the size,
    /// the minimum index.</summary>
    GrowthPruned,
}
