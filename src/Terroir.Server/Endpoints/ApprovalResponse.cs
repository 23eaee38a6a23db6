using System.Globalization;
using Terroir.Answers.Approvals;

namespace Terroir.Server.Endpoints;

/// <summary>A request for approval in JSON.</summary>
/// <param name="Id">What names it.</param>
/// <param name="State"><c>pending</c>, <c>approved</c> or <c>refused</c>.</param>
/// <param name="User">The id of the user who asked.</param>
/// <param name="AskedAt">When.</param>
/// <param name="Until">When it ends: then it must be asked for again.</param>
/// <param name="Model">The model that would be given the passages.</param>
/// <param name="Endpoint">Where it is: host and port, or <c>in-process</c>.</param>
/// <param name="Purpose">What for, as the user said; none if they did not.</param>
/// <param name="Labels">What is known of the data.</param>
/// <param name="Policies">The policies that let a person decide.</param>
/// <param name="Documents">The documents whose passages would be sent.</param>
/// <param name="DecidedBy">The id of the user who decided; none while nobody has.</param>
/// <param name="Reason">Why, in their words.</param>
public sealed record ApprovalResponse(
    string Id,
    string State,
    string User,
    DateTimeOffset AskedAt,
    DateTimeOffset Until,
    string Model,
    string Endpoint,
    string? Purpose,
    ApprovalLabels Labels,
    IReadOnlyList<string> Policies,
    IReadOnlyList<ApprovedDocument> Documents,
    string? DecidedBy,
    string? Reason)
{
    /// <summary>Writes a request in JSON.</summary>
    public static ApprovalResponse From(ApprovalRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new ApprovalResponse(
            request.Id,
            request.State.ToString().ToLower(CultureInfo.InvariantCulture),
            request.User,
            request.AskedAt,
            request.Until,
            request.Model,
            request.Endpoint,
            request.Purpose.Length > 0 ? request.Purpose : null,
            request.Labels,
            request.Policies,
            [.. request.Documents.Select(item => new ApprovedDocument(item.Collection.Value, item.Document.Value))],
            request.DecidedBy,
            request.Reason.Length > 0 ? request.Reason : null);
    }
}

/// <summary>A document in a request.</summary>
/// <param name="Collection">Its collection.</param>
/// <param name="Id">Its id, as <c>/api/documents</c> takes it.</param>
public sealed record ApprovedDocument(string Collection, string Id);

/// <summary>The requests for approval that somebody may see.</summary>
/// <param name="Approvals">The requests, the oldest first.</param>
public sealed record ApprovalList(IReadOnlyList<ApprovalResponse> Approvals);
