namespace Terroir.Provenance.Events;

/// <summary>The kinds of events that a site logs besides receipts.</summary>
public static class EventKinds
{
    /// <summary>A generation was published. Its digest is the hash of the sealed manifest.</summary>
    public const string Generation = "generation";

    /// <summary>A version of a document became live.</summary>
    public const string VersionIngested = "version.ingested";

    /// <summary>A file was put into quarantine.</summary>
    public const string FileQuarantined = "file.quarantined";

    /// <summary>A document is no longer live.</summary>
    public const string DocumentRemoved = "document.removed";

    /// <summary>A document was erased: it is no longer live, and nothing brings it back.</summary>
    public const string DocumentErased = "document.erased";

    /// <summary>An erasure was ordered, before anything was deleted.</summary>
    public const string ErasureOrdered = "erasure.ordered";

    /// <summary>An erasure was completed; its digest commits to the certificate.</summary>
    public const string ErasureCompleted = "erasure";

    /// <summary>Erased documents may come back.</summary>
    public const string ErasureLifted = "erasure.lifted";

    /// <summary>What the site holds about a person was exported.</summary>
    public const string SubjectExported = "subject.exported";

    /// <summary>A person was told what a pseudonym stands for.</summary>
    public const string PseudonymReversed = "pseudonym.reversed";

    /// <summary>A person asked what a pseudonym stands for, and was not told.</summary>
    public const string PseudonymRefused = "pseudonym.refused";

    /// <summary>A legal hold was placed.</summary>
    public const string HoldPlaced = "hold.placed";

    /// <summary>A legal hold was lifted.</summary>
    public const string HoldLifted = "hold.lifted";

    /// <summary>The permissions or the label of a document changed.</summary>
    public const string PermissionsChanged = "permissions.changed";

    /// <summary>A person opened a document.</summary>
    public const string DocumentOpened = "document.opened";

    /// <summary>A person opened access in an emergency.</summary>
    public const string EmergencyOpened = "emergency.opened";

    /// <summary>Access in an emergency ended.</summary>
    public const string EmergencyEnded = "emergency.ended";

    /// <summary>A source was synchronised.</summary>
    public const string SourceSynced = "source.synced";

    /// <summary>A synchronisation failed.</summary>
    public const string SourceFailed = "source.failed";

    /// <summary>A question could not be answered: something failed.</summary>
    public const string AnswerFailed = "answer.failed";

    /// <summary>A person searched.</summary>
    public const string Searched = "documents.searched";

    /// <summary>A person signed in to the console.</summary>
    public const string SignedIn = "session.started";

    /// <summary>A key was refused where somebody signed in.</summary>
    public const string SignInRefused = "session.refused";

    /// <summary>A request came with a key that is not valid.</summary>
    public const string KeyRefused = "key.refused";

    /// <summary>The settings, the directory or the policies are other than the ledger last said.</summary>
    public const string SettingsChanged = "site.settings-changed";

    /// <summary>Something was sent to a model, a source or another endpoint.</summary>
    public const string Sent = "egress";

    /// <summary>The policies decided on a use of a model.</summary>
    public const string Decided = "decision";

    /// <summary>A use of a model waits until a person has decided on it.</summary>
    public const string ApprovalAsked = "approval.asked";

    /// <summary>A person approved a use of a model.</summary>
    public const string ApprovalGiven = "approval.given";

    /// <summary>A person refused a use of a model.</summary>
    public const string ApprovalRefused = "approval.refused";

    /// <summary>A source was added, changed, paused or removed.</summary>
    public const string SourceChanged = "source.changed";

    /// <summary>An API key was made.</summary>
    public const string KeyCreated = "key.created";

    /// <summary>An API key was revoked.</summary>
    public const string KeyRevoked = "key.revoked";

    /// <summary>A user or a group was added, changed or removed.</summary>
    public const string IdentityChanged = "identity.changed";

    /// <summary>Sessions of a user were ended by somebody else.</summary>
    public const string SessionsEnded = "session.ended";

    /// <summary>A backup was made.</summary>
    public const string BackedUp = "site.backed-up";

    /// <summary>A backup was put back, or a lost metastore.</summary>
    public const string Restored = "site.restored";

    /// <summary>The least index that the ledger publishes was raised.</summary>
    public const string LedgerPruned = "ledger.pruned";

    /// <summary>An operator ran a command that changes or reveals.</summary>
    public const string Administered = "site.administered";
}
