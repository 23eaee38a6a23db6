namespace Terroir.Sovereignty.Cedar;

/// <summary>A question: may this principal do this to that?</summary>
/// <param name="Principal">Who asks.</param>
/// <param name="Action">What would be done.</param>
/// <param name="Resource">With what.</param>
/// <param name="Context">What else is known of the moment.</param>
public sealed record AuthorizationRequest(
    EntityUid Principal,
    EntityUid Action,
    EntityUid Resource,
    RecordValue Context);
