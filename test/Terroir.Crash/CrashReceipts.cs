using System.Globalization;
using Terroir.Audit;
using Terroir.Provenance.Receipts;

namespace Terroir.Crash;

/// <summary>Receipts of refusals: the smallest answers there are.</summary>
internal sealed class CrashReceipts(IReceiptKeeper keeper)
{
    private const string Text = "Rien.";

    public Task<ContentHash> KeepAsync(int number, CancellationToken cancellationToken) => keeper.KeepAsync(
        "user:anne",
        context => new AnswerFacts
        {
            Site = context.Site,
            Collection = "",
            Request = context.Request,
            AnsweredAt = context.Time,
            Software = context.Software,
            Question = number.ToString(CultureInfo.InvariantCulture),
            Answer = Text,
            Actor = context.Actor,
            Shown = [],
            Citations = [],
            Decision = new ReceiptDecision("allow", ContentHash.Of("none"u8), []),
            Sentences = [new ReceiptSentence(0, Text.Length, "not checked", [])],
        },
        cancellationToken);

    public Task<KeptReceipt?> FindAsync(ContentHash receipt, CancellationToken cancellationToken) =>
        keeper.FindAsync(receipt, cancellationToken);
}
