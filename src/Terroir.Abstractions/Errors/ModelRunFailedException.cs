namespace Terroir;

/// <summary>A model on this machine failed while it was loaded or ran. Code <c>TER3105</c>; transient: the next
/// question loads it again.</summary>
/// <remarks>It never holds what the model read or wrote.</remarks>
public sealed class ModelRunFailedException : TerroirException
{
    /// <summary>Creates the error for one model.</summary>
    /// <param name="model">Its id.</param>
    /// <param name="innerException">What the runtime reported.</param>
    public ModelRunFailedException(string model, Exception innerException)
        : base("TER3105", isTransient: true, Describe(model), innerException) => Model = model;

    /// <summary>The id of the model.</summary>
    public string Model { get; }

    private static string Describe(string model) =>
        $"Model '{model}' failed while it ran; the next question loads it again. If it lasts, run "
        + $"'terroir model verify {model}' and see whether the machine has memory left.";
}
