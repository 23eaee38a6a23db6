using System.ComponentModel.DataAnnotations;
using Terroir.Answers.Approvals;

namespace Terroir.Server.Endpoints;

/// <summary>The body of <c>POST /api/approvals/{id}/decision</c>.</summary>
/// <param name="Approve">Whether the model may be given the passages.</param>
/// <param name="Reason">Why; up to 500 characters. It is kept with the entry of the ledger.</param>
public sealed record ApprovalBody(
    [Required] bool? Approve,
    [StringLength(IApprovals.ReasonLengthMax)] string? Reason = null);
