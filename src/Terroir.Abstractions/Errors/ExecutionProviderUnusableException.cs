namespace Terroir;

/// <summary>The library of an execution provider is not used. Code <c>TER3107</c>; not transient.</summary>
public sealed class ExecutionProviderUnusableException : TerroirException
{
    /// <summary>Creates the error for one library.</summary>
    /// <param name="name">What the settings call it.</param>
    /// <param name="reason">Why not, as half a sentence that says what to do.</param>
    /// <param name="innerException">What the runtime said.</param>
    public ExecutionProviderUnusableException(string name, string reason, Exception? innerException = null)
        : base(
            "TER3107",
            isTransient: false,
            $"The execution provider '{name}' is not used: {reason}",
            innerException) => Name = name;

    /// <summary>What the settings call it.</summary>
    public string Name { get; }
}
