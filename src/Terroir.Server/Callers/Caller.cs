using Terroir.Access;

namespace Terroir.Server.Callers;

/// <summary>Who makes a request.</summary>
/// <param name="Asker">The person, or <see langword="null"/> for the operator of a demo who named nobody.</param>
/// <param name="IsOperator">Whether they may see the site's status.</param>
internal sealed record Caller(Asker? Asker, bool IsOperator)
{
    /// <summary>The sources that their key may push documents to.</summary>
    public IReadOnlyList<string> PushSources { get; init; } = [];
}

/// <summary>What came of finding out who calls: one of the two is set.</summary>
/// <param name="Caller">Who calls.</param>
/// <param name="Refusal">Why nobody was recognised, as a sentence for the caller.</param>
internal sealed record CallerOutcome(Caller? Caller, string? Refusal)
{
    /// <summary>Whether a key was sent that is not valid.</summary>
    public bool IsKeyRefused { get; init; }
}
