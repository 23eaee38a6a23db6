using Terroir.Protocol.Watched;

namespace Terroir.Protocol;

/// <summary>Says whether work may end as it did: without an error, or with one that something explains.</summary>
internal sealed class SiteOutcome(Witness witness)
{
    public void Judge(SiteProcess process)
    {
        if (process.Work!.Exception?.InnerException is not { } exception)
        {
            return;
        }

        witness.Count($"ended by {exception.GetType().Name}");
        var isExplained = exception switch
        {
            OperationCanceledException => process.IsCancelled,
            LeaseHeldException or LeaseLostException or CommitConflictException => true,
            ManifestForkException => process.WasForked,
            StorageFailedException or BlobCorruptException or ManifestInvalidException => process.HasFault,
            _ => false,
        };
        if (!isExplained)
        {
            witness.Note("error", $"{process.Name} {process.WorkName} and ends by {exception}");
        }
    }
}
