namespace Terroir.Answers.Approvals;

/// <summary>A use of a model that the policies let a person decide on: <c>docs/formats/approval.md</c>.</summary>
/// <remarks>It says who asks, where the data would go, and what is known of them; neither the question nor a text.
/// </remarks>
/// <param name="Format">The version of the format.</param>
/// <param name="User">The id of the user who asked.</param>
/// <param name="AskedAt">When.</param>
/// <param name="Model">The model.</param>
/// <param name="Endpoint">The host and port of its server, or <c>in-process</c>.</param>
/// <param name="Purpose">What for, as the user said; empty if they did not.</param>
/// <param name="Labels">What is known of the data.</param>
/// <param name="Policies">The policies that let a person decide.</param>
/// <param name="Documents">The documents whose passages would be sent.</param>
/// <param name="Fingerprint">A hash over the person, the model, the policies and the whole prompt: the approval is for
/// these bytes and no others.</param>
internal sealed record Approval(
    int Format,
    string User,
    DateTimeOffset AskedAt,
    string Model,
    string Endpoint,
    string Purpose,
    ApprovalLabels Labels,
    IReadOnlyList<string> Policies,
    IReadOnlyList<ApprovalDocument> Documents,
    ContentHash Fingerprint)
{
    /// <summary>The version that is written.</summary>
    public const int Version = 1;
}

/// <summary>A document in an approval.</summary>
/// <param name="Collection">Its collection.</param>
/// <param name="Document">Its id.</param>
public sealed record ApprovalDocument(CollectionId Collection, DocumentId Document);

/// <summary>What somebody decided.</summary>
/// <param name="IsApproved">Whether it may be sent.</param>
/// <param name="User">The id of the user who decided.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why, in their words; may be empty.</param>
internal sealed record ApprovalDecision(bool IsApproved, string User, DateTimeOffset At, string Reason);
