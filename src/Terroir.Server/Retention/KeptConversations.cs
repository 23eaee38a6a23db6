using Terroir.Answers.Conversations;
using Terroir.Retention;

namespace Terroir.Server.Retention;

/// <summary>Deletes the turns of conversations that cite the documents or name the person, and closes the copies of
/// turns in backups of before: in them may also be turns that their person deleted since.</summary>
internal sealed class KeptConversations(IConversations conversations, IConversationMaintenance maintenance) : IErasable
{
    public string Store => "conversations";

    public ErasureStage Stage => ErasureStage.Records;

    public Task<int> EraseAsync(ErasureTarget target, CancellationToken cancellationToken)
    {
        var erased = target.Order.Documents.Select(item => (item.Collection, item.Document)).ToHashSet();
        var count = conversations.DeleteTurns(
            turn => turn.Documents.Any(cited => erased.Contains((cited.Collection, cited.Document)))
                || target.IsNamedIn(turn.Asked)
                || target.IsNamedIn(turn.Query)
                || target.IsNamedIn(turn.Answer),
            cancellationToken);
        maintenance.CloseOlderCopies(cancellationToken);
        return Task.FromResult(count);
    }
}
