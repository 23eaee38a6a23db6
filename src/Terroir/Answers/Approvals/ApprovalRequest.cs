namespace Terroir.Answers.Approvals;

/// <summary>A request for an approval, as people see it.</summary>
/// <param name="Id">What names it.</param>
/// <param name="State">Where it stands.</param>
/// <param name="User">The id of the user who asked.</param>
/// <param name="AskedAt">When.</param>
/// <param name="Until">When it ends: then it must be asked for again.</param>
/// <param name="Model">The model that would be given the passages.</param>
/// <param name="Endpoint">Where it is: host and port, or <c>in-process</c>.</param>
/// <param name="Purpose">What for, as the user said; empty if they did not.</param>
/// <param name="Labels">What is known of the data.</param>
/// <param name="Policies">The policies that let a person decide.</param>
/// <param name="Documents">The documents whose passages would be sent.</param>
public sealed record ApprovalRequest(
    string Id,
    ApprovalState State,
    string User,
    DateTimeOffset AskedAt,
    DateTimeOffset Until,
    string Model,
    string Endpoint,
    string Purpose,
    ApprovalLabels Labels,
    IReadOnlyList<string> Policies,
    IReadOnlyList<ApprovalDocument> Documents)
{
    /// <summary>The id of the user who decided; <see langword="null"/> while nobody has.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>Why, in their words; may be empty.</summary>
    public string Reason { get; init; } = "";
}

/// <summary>Where a request stands.</summary>
public enum ApprovalState
{
    /// <summary>Nobody has decided.</summary>
    Pending,

    /// <summary>It may be sent, for a while.</summary>
    Approved,

    /// <summary>It may not be sent.</summary>
    Refused,
}

/// <summary>What became of a decision.</summary>
public enum ApprovalOutcome
{
    /// <summary>It holds.</summary>
    Decided,

    /// <summary>There is no such request, or it has ended.</summary>
    Absent,

    /// <summary>Somebody decided before.</summary>
    DecidedBefore,

    /// <summary>Nobody decides on their own request.</summary>
    OwnRequest,
}
