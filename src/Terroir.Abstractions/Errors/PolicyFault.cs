namespace Terroir;

/// <summary>One fault of a policy, a schema, entities or a request, and where it is.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Line">The line, from 1; 0 where a place has none, as in JSON.</param>
/// <param name="Column">The column in UTF-16 units, from 1; 0 where a place has none.</param>
/// <param name="Subject">The name, token or type that is wrong.</param>
/// <param name="Other">What stands against it, or empty.</param>
public sealed record PolicyFault(PolicyFaultKind Kind, int Line, int Column, string Subject, string Other = "");
