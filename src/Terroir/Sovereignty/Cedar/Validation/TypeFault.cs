namespace Terroir.Sovereignty.Cedar;

/// <summary>What a type checker found wrong, and with which expression.</summary>
internal sealed record TypeFault(PolicyFaultKind Kind, Expression At, string Subject, string Other);
