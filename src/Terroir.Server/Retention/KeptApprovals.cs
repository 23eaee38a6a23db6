using Terroir.Answers.Approvals;
using Terroir.Retention;

namespace Terroir.Server.Retention;

/// <summary>Deletes requests for approval that are about the documents, or name the person.</summary>
internal sealed class KeptApprovals(IApprovals approvals) : IErasable
{
    public string Store => "approvals";

    public ErasureStage Stage => ErasureStage.Records;

    public Task<int> EraseAsync(ErasureTarget target, CancellationToken cancellationToken)
    {
        var erased = target.Order.Documents.Select(item => (item.Collection, item.Document)).ToHashSet();
        return approvals.DeleteAsync(
            request => request.Documents.Any(item => erased.Contains((item.Collection, item.Document)))
                || target.IsNamedIn(request.User)
                || target.IsNamedIn(request.Reason),
            cancellationToken);
    }
}
