namespace Terroir.Storage;

/// <summary>Leases with epochs. Time is the metastore's own.</summary>
public interface ILeaseStore
{
    /// <summary>Takes a lease that is free or has ended.</summary>
    /// <param name="name">The lease's name.</param>
    /// <param name="owner">Who takes it. The same owner may take its own lease again; the epoch grows then too. Of an
    /// owner <c>MACHINE/PROCESS/NUMBER</c> whose process has ended on its machine, a store of that machine may end the
    /// lease at once.</param>
    /// <param name="duration">How long; positive.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The lease, or <see langword="null"/> while another owner holds it.</returns>
    Task<Lease?> AcquireAsync(string name, string owner, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Extends a lease that is still held.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="duration">How long from now; positive.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The extended lease with the same epoch, or <see langword="null"/> if it ended or was taken.</returns>
    Task<Lease?> RenewAsync(Lease lease, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Ends a lease early. A lease that is no longer held is no error.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>A task that ends when it is free.</returns>
    Task ReleaseAsync(Lease lease, CancellationToken cancellationToken);
}
