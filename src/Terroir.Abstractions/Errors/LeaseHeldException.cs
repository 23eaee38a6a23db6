namespace Terroir;

/// <summary>Another process holds the lease that a change needs. Code <c>TER1502</c>, transient.</summary>
public sealed class LeaseHeldException : TerroirException
{
    /// <summary>Creates the error for one lease.</summary>
    /// <param name="lease">The lease's name.</param>
    public LeaseHeldException(string lease)
        : base("TER1502", isTransient: true, Describe(lease), innerException: null) => Lease = lease;

    /// <summary>The lease's name.</summary>
    public string Lease { get; }

    private static string Describe(string lease) =>
        $"Another process is writing to '{lease}'. Wait until it has finished and try again.";
}
