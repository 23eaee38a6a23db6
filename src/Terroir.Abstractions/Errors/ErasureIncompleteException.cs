namespace Terroir;

/// <summary>An erasure could not be brought to its end; what was done stays done. Code <c>TER7001</c>.</summary>
public sealed class ErasureIncompleteException : TerroirException
{
    /// <summary>Creates the error for one store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="reason">What keeps it, as a sentence.</param>
    public ErasureIncompleteException(string store, string reason)
        : base(
            "TER7001",
            isTransient: true,
            $"The erasure is not complete: {store}. {reason} Run 'terroir erase --resume'.",
            innerException: null) => Store = store;

    /// <summary>The store that was reached last.</summary>
    public string Store { get; }
}
