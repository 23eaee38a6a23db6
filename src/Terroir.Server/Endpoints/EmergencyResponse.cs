using Terroir.Storage;

namespace Terroir.Server.Endpoints;

/// <summary>Accesses in an emergency: what the caller may open, and what was opened.</summary>
/// <param name="MayOpen">What the caller may open.</param>
/// <param name="Openings">The caller's openings, to an auditor everybody's, the latest first; those that ended are
/// kept for 30 days.</param>
public sealed record EmergencyResponse(
    IReadOnlyList<EmergencyChoice> MayOpen,
    IReadOnlyList<EmergencyLineResponse> Openings);

/// <summary>What somebody may open.</summary>
/// <param name="Group">The id of the group.</param>
/// <param name="Minutes">For how long.</param>
public sealed record EmergencyChoice(string Group, int Minutes);

/// <summary>An access in an emergency.</summary>
/// <param name="Id">What it is called.</param>
/// <param name="User">Who opened it.</param>
/// <param name="Group">The group that they belong to meanwhile.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="EndsAt">When it ends, or ended.</param>
/// <param name="EndedBy">What ended it: <c>time</c>, <c>person</c>, <c>operator</c> or <c>account</c>; none while it is
/// open.</param>
public sealed record EmergencyLineResponse(
    string Id,
    string User,
    string Group,
    DateTimeOffset OpenedAt,
    DateTimeOffset EndsAt,
    string? EndedBy)
{
    internal static EmergencyLineResponse From(EmergencyOpening opening, DateTimeOffset now) => new(
        opening.Id,
        opening.User,
        opening.Group,
        opening.StartedAt,
        opening.EndsAt,
        opening.EndsAt > now ? null : opening.EndedBy);
}
