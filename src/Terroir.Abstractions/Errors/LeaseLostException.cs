namespace Terroir;

/// <summary>The writer's lease ran out or was taken over; nothing was changed. Code <c>TER1501</c>,
/// transient.</summary>
public sealed class LeaseLostException : TerroirException
{
    /// <summary>Creates the error for one lease.</summary>
    /// <param name="lease">The lease's name.</param>
    public LeaseLostException(string lease)
        : base("TER1501", isTransient: true, Describe(lease), innerException: null) => Lease = lease;

    /// <summary>The lease's name.</summary>
    public string Lease { get; }

    private static string Describe(string lease) =>
        $"The lease '{lease}' was lost before the change was committed, so nothing was changed. Try again; if it "
        + "lasts, another process writes to the same collection.";
}
