namespace Terroir.Connectors.Connecting;

/// <summary>A step of a trial.</summary>
/// <param name="Name">What is tried.</param>
/// <param name="RunAsync">Tries it and says what was found; a fault says what is wrong.</param>
internal sealed record TrialStep(string Name, Func<CancellationToken, Task<string>> RunAsync);
