namespace Terroir;

/// <summary>A store could not do what was asked: disk full, input/output error, no permission. Code
/// <c>TER5001</c>.</summary>
public sealed class StorageFailedException : TerroirException
{
    /// <summary>Creates the error.</summary>
    /// <param name="store">Which store, such as <c>object store</c> or <c>metastore</c>.</param>
    /// <param name="action">What it was doing, such as <c>put</c>.</param>
    /// <param name="isTransient">Whether the same call can succeed later: a full disk yes, a failed fsync no.</param>
    /// <param name="innerException">What the system reported.</param>
    /// <param name="advice">A sentence that says what to do; <see langword="null"/> for the usual one.</param>
    public StorageFailedException(
        string store,
        string action,
        bool isTransient,
        Exception? innerException = null,
        string? advice = null)
        : base("TER5001", isTransient, Describe(store, action, isTransient, innerException, advice), innerException)
    {
        Store = store;
        Action = action;
    }

    /// <summary>Which store.</summary>
    public string Store { get; }

    /// <summary>What it was doing.</summary>
    public string Action { get; }

    private static string Describe(
        string store,
        string action,
        bool isTransient,
        Exception? cause,
        string? advice) =>
        $"The {store} failed at '{action}'{(cause is null ? "" : $": {cause.Message.TrimEnd('.')}")}. "
        + (advice ?? (isTransient
            ? "Free space or restore access, then try again."
            : "Stop writing to this disk, check it, and run 'terroir verify-store'."));
}
