namespace Terroir.Audit;

/// <summary>A use of a model on which policies decided.</summary>
/// <param name="Purpose">What for, such as <c>follow-up</c>: a question of a conversation is made to stand alone.
/// </param>
/// <param name="Model">The id of the model.</param>
/// <param name="Endpoint">Where it runs: host and port of its server, or <c>in-process</c>.</param>
public sealed record DecidedUse(string Purpose, string Model, string Endpoint);
