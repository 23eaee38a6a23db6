namespace Terroir.Protocol;

/// <summary>An invariant that a history broke.</summary>
/// <param name="Invariant"><c>I1</c> to <c>I8</c>, or <c>error</c> for an error that nobody is to see.</param>
/// <param name="What">What happened.</param>
internal sealed record Violation(string Invariant, string What)
{
    public override string ToString() => $"{Invariant}: {What}";
}
