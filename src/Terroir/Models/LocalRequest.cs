namespace Terroir.Models;

/// <summary>What a model of this machine must know of a question beside its prompt.</summary>
/// <param name="Passages">How many passages it may cite: 1 to so many, and no others.</param>
/// <param name="Generation">The generations that the passages are of.</param>
/// <param name="Permissions">What the asker may read, as the set of who they are. What was computed for a prompt is
/// used again only under the same generation and permissions.</param>
public sealed record LocalRequest(int Passages, string Generation, string Permissions);
