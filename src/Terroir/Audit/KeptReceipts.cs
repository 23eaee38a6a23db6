using System.Runtime.CompilerServices;
using System.Text;
using Terroir.Provenance.Receipts;

namespace Terroir.Audit;

/// <summary>All kept receipts of a site, and the erasure of what opens them. A receipt without openings proves what it
/// proved: that the site stated it, and that the ledger has it.</summary>
internal sealed class KeptReceipts(ConfidentialObjects objects)
{
    private static readonly byte[] NoOpenings = new ReceiptOpenings().ToBytes();

    /// <summary>Reads every receipt that can be opened.</summary>
    public async IAsyncEnumerable<(ContentHash Receipt, string Asker, ReceiptOpenings Openings)> ReadAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var name in await objects.ListAsync("receipt/", cancellationToken))
        {
            if (ContentHash.TryParse(name.Split('/')[^1], out var receipt)
                && await ReceiptFile.TryReadAsync(objects, receipt, cancellationToken) is { } file)
            {
                yield return (receipt, file.Asker, ReceiptOpenings.Parse(file.Openings));
            }
        }
    }

    /// <summary>Erases what opens a receipt.</summary>
    /// <returns>Whether there was anything.</returns>
    public async Task<bool> EraseOpeningsAsync(ContentHash receipt, CancellationToken cancellationToken)
    {
        if (await ReceiptFile.TryReadAsync(objects, receipt, cancellationToken) is not { } file
            || file.Openings.AsSpan().SequenceEqual(NoOpenings))
        {
            return false;
        }

        var erased = file with { Openings = NoOpenings };
        await objects.ReplaceAsync(ReceiptFile.NameOf(receipt), file.Asker, erased.ToBytes(), cancellationToken);
        return true;
    }

    /// <summary>Seals all that is kept of some people anew, under the newest key.</summary>
    public async Task SealAnewAsync(IReadOnlySet<string> people, CancellationToken cancellationToken)
    {
        await foreach (var (receipt, asker, _) in ReadAsync(cancellationToken))
        {
            if (people.Contains(asker))
            {
                await SealAnewAsync(ReceiptFile.NameOf(receipt), asker, cancellationToken);
            }
        }

        foreach (var person in people)
        {
            await SealAnewAsync(
                $"person/{ContentHash.Of(Encoding.UTF8.GetBytes(person)).Hex}",
                person,
                cancellationToken);
        }
    }

    private async Task SealAnewAsync(string name, string person, CancellationToken cancellationToken)
    {
        if (await objects.TryReadAsync(name, cancellationToken) is { } content)
        {
            await objects.ReplaceAsync(name, person, content, cancellationToken);
        }
    }
}
