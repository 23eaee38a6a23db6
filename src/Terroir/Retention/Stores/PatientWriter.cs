using Terroir.Catalog;

namespace Terroir.Retention.Stores;

/// <summary>Waits for the turn of an erasure to write to a collection that another process writes to.</summary>
internal sealed class PatientWriter(ICatalog catalog, TimeProvider time)
{
    /// <summary>How long is waited: a synchronisation gives its lease back between two rounds.</summary>
    internal static readonly TimeSpan WaitMax = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Joins the writer of this process, or opens one.</summary>
    /// <exception cref="LeaseHeldException">Another process kept it all the time.</exception>
    public async Task<ICollectionWriter> OpenAsync(CollectionId collection, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await catalog.JoinWriterAsync(collection, cancellationToken);
            }
            catch (LeaseHeldException) when (time.GetElapsedTime(start) < WaitMax)
            {
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }
}
