namespace Terroir;

/// <summary>A policy, schema, entities or request of the Cedar language cannot be read. Code <c>TER3501</c>.</summary>
public sealed class PolicyInvalidException : TerroirException
{
    /// <summary>Creates the error.</summary>
    /// <param name="fault">What is wrong, and where.</param>
    /// <param name="message">The same as a sentence.</param>
    public PolicyInvalidException(PolicyFault fault, string message)
        : base("TER3501", isTransient: false, message, innerException: null) => Fault = fault;

    /// <summary>What is wrong, and where.</summary>
    public PolicyFault Fault { get; }
}
