namespace Terroir.Catalog;

/// <summary>The catalogue's background work: merging, repacking, and the collection of garbage, one job at a time.
/// </summary>
/// <remarks>Safe to call from several threads and processes at once: a job is claimed by one of them.</remarks>
public interface ICatalogJobs
{
    /// <summary>Makes sure that the periodic jobs are in the table; one that is there stays as it is.</summary>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>A task that ends when they are there.</returns>
    Task ScheduleAsync(CancellationToken cancellationToken);

    /// <summary>Runs the next job that is due. One that fails is tried again later, and given up after
    /// <see cref="Storage.IJobStore.AttemptCountMax"/> attempts, where the operator sees it.</summary>
    /// <param name="cancellationToken">Stops the job; it is tried again when its claim has ended.</param>
    /// <returns>Whether a job was due.</returns>
    Task<bool> RunNextAsync(CancellationToken cancellationToken);
}
