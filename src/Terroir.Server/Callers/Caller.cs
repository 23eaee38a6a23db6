using Terroir.Access;

namespace Terroir.Server.Callers;

/// <summary>Who makes a request.</summary>
/// <param name="Asker">The person, or <see langword="null"/> for the operator of a demo who named nobody.</param>
/// <param name="Roles">What they may do.</param>
internal sealed record Caller(Asker? Asker, Roles Roles)
{
    /// <summary>Whether they may see the site's status.</summary>
    public bool IsOperator => Roles.HasFlag(Roles.Operator);

    /// <summary>The API key or token that they came with; <see langword="null"/> for a session or a demo.</summary>
    public DirectoryKey? Key { get; init; }

    /// <summary>The sources that their key may push documents to.</summary>
    public IReadOnlyList<string> PushSources => Key?.PushSources ?? [];

    /// <summary>Whether what they came with may be used for something.</summary>
    public bool Has(string scope) => Key?.Scopes?.Contains(scope) is not false;
}

/// <summary>What came of finding out who calls: one of the two is set.</summary>
/// <param name="Caller">Who calls.</param>
/// <param name="Refusal">Why nobody was recognised, as a sentence for the caller.</param>
internal sealed record CallerOutcome(Caller? Caller, string? Refusal)
{
    /// <summary>Whether a key was sent that is not valid.</summary>
    public bool IsKeyRefused { get; init; }
}
