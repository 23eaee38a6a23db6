namespace Terroir;

/// <summary>A model on this machine would pass one of its limits. Code <c>TER3102</c>; transient for a full
/// queue.</summary>
public sealed class ModelLimitException : TerroirException
{
    /// <summary>Creates the error for one request or one model.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="needed">What it would take: tokens, bytes or requests.</param>
    /// <param name="allowed">What is allowed, in the same unit.</param>
    public ModelLimitException(ModelLimit limit, long needed, long allowed)
        : base("TER3102", limit == ModelLimit.Queue, Describe(limit, needed, allowed), innerException: null)
    {
        Limit = limit;
        Needed = needed;
        Allowed = allowed;
    }

    /// <summary>The limit.</summary>
    public ModelLimit Limit { get; }

    /// <summary>What it would take: tokens, bytes or requests.</summary>
    public long Needed { get; }

    /// <summary>What is allowed, in the same unit.</summary>
    public long Allowed { get; }

    private static string Describe(ModelLimit limit, long needed, long allowed) => limit switch
    {
        ModelLimit.Context => $"The prompt takes {needed} tokens and the model has room for {allowed}. Send less, or "
            + "take a model with a longer context.",
        ModelLimit.Memory => $"The model needs {needed} bytes of memory and may use {allowed}. Take a smaller model or "
            + "a shorter context, import it with 4-bit weights, or raise the limit.",
        _ => $"{needed} requests wait for the model, and {allowed} may. Try again later.",
    };
}
