namespace Terroir;

/// <summary>Documents must not be erased: a legal hold covers them, or they must be kept for longer. Code
/// <c>TER7002</c>.</summary>
public sealed class DocumentHeldException : TerroirException
{
    /// <summary>Creates the error.</summary>
    /// <param name="count">How many documents are kept.</param>
    /// <param name="reason">Why the first of them is, as a sentence.</param>
    public DocumentHeldException(int count, string reason)
        : base(
            "TER7002",
            isTransient: false,
            $"Nothing was erased: {count} of the documents must be kept. {reason} See 'terroir hold list' and "
                + "'terroir retention show'.",
            innerException: null) => Count = count;

    /// <summary>How many documents are kept.</summary>
    public int Count { get; }
}
