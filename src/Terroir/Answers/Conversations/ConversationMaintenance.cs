using Terroir.Protection;
using Terroir.Storage;

namespace Terroir.Answers.Conversations;

/// <summary>Sweeps and copies the turns of a store.</summary>
internal sealed class ConversationMaintenance(
    ConversationBook book,
    IConversationStore store,
    IKeyRing? keys = null) : IConversationMaintenance
{
    public int Sweep(CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var owner in store.ListOwners())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (count >= IConversationMaintenance.SweepCountMax)
            {
                break;
            }

            count += book.Prune(owner);
        }

        return count;
    }

    public int BackUp(IConversationStore target, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var owner in store.ListOwners().Union(target.ListOwners(), StringComparer.Ordinal))
        {
            var live = store.List(owner).ToHashSet();
            var there = target.List(owner).ToHashSet();
            foreach (var gone in there.Except(live))
            {
                cancellationToken.ThrowIfCancellationRequested();
                target.Delete(owner, gone);
            }

            foreach (var turn in live)
            {
                cancellationToken.ThrowIfCancellationRequested();
                count += Copy(owner, turn, target) ? 1 : 0;
            }
        }

        return count;
    }

    public int Restore(
        IConversationStore backup,
        Func<CitedDocument, bool> isErased,
        CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var owner in backup.ListOwners())
        {
            foreach (var name in book.LivingOf(backup, owner))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (backup.Read(owner, name) is { } stored
                    && book.TryOpen(name, stored) is { } turn
                    && !turn.Documents.Any(isErased))
                {
                    store.Put(owner, name, stored.Span);
                    count++;
                }
            }
        }

        return count;
    }

    public int CloseOlderCopies(CancellationToken cancellationToken)
    {
        // A site that never sealed a turn has nothing to close.
        if (keys?.List().Any(key => key.Collection == ConversationBook.Keys && key.Use is KeyUse.Objects) is not true)
        {
            return 0;
        }

        keys.RotateObjects(ConversationBook.Keys);
        var count = 0;
        foreach (var owner in store.ListOwners())
        {
            foreach (var name in store.List(owner))
            {
                cancellationToken.ThrowIfCancellationRequested();
                count += book.SealAnew(owner, name) ? 1 : 0;
            }
        }

        keys.DestroyOldObjectKeys(ConversationBook.Keys);
        return count;
    }

    // A turn changes only where it is sealed anew, and then the older bytes may not stay.
    private bool Copy(string owner, ConversationTurnName turn, IConversationStore target)
    {
        if (store.Read(owner, turn) is not { } content
            || (target.Read(owner, turn) is { } copy && copy.Span.SequenceEqual(content.Span)))
        {
            return false;
        }

        target.Put(owner, turn, content.Span);
        return true;
    }
}
