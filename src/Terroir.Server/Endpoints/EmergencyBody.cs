using System.ComponentModel.DataAnnotations;
using Terroir.Server.Emergency;

namespace Terroir.Server.Endpoints;

/// <summary>The body of <c>POST /api/v1/emergency-access</c>.</summary>
/// <param name="Reason">Why, in the person's words; 3 to 500 characters. The ledger keeps it.</param>
/// <param name="Group">The group to belong to meanwhile, by its id; none where the caller may open one only.</param>
public sealed record EmergencyBody(
    [Required, StringLength(EmergencyAccess.ReasonLengthMax, MinimumLength = EmergencyAccess.ReasonLengthMin)]
    string Reason,
    [StringLength(128)] string? Group = null);
