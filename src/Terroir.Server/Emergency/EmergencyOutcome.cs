using Terroir.Storage;

namespace Terroir.Server.Emergency;

/// <summary>What came of opening access in an emergency.</summary>
/// <param name="Opening">What is open now, or was before; <see langword="null"/> if nothing is.</param>
/// <param name="Refusal">Why it was not opened.</param>
internal sealed record EmergencyOutcome(EmergencyOpening? Opening, EmergencyRefusal Refusal)
{
    /// <summary>When somebody who opened it too often may open it again; else <see langword="null"/>.</summary>
    public DateTimeOffset? AgainAt { get; init; }
}
