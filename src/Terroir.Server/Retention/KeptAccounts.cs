using Terroir.Retention;
using Terroir.Storage;

namespace Terroir.Server.Retention;

/// <summary>Removes the accounts of the person, with credentials, keys, sessions and memberships, and what they left in
/// the file. Who may be that person was decided when the erasure was ordered.</summary>
internal sealed class KeptAccounts(IIdentityStore store) : IErasable
{
    public string Store => "accounts";

    public ErasureStage Stage => ErasureStage.Records;

    public async Task<int> EraseAsync(ErasureTarget target, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var id in target.Work.Accounts)
        {
            count += await store.RemoveAccountAsync(id, cancellationToken) ? 1 : 0;
        }

        // Also where nothing was left to remove: a run that died may have removed it and not come so far.
        if (target.Work.Accounts.Count > 0)
        {
            await store.ScrubAsync(cancellationToken);
        }

        return count;
    }
}
