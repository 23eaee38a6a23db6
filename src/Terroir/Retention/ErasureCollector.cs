using System.Security.Cryptography;
using System.Text;
using Terroir.Audit;
using Terroir.Catalog;
using Terroir.Provenance.Receipts;
using Terroir.Retention.Residue;
using Terroir.Retention.Stores;
using Terroir.Storage;

namespace Terroir.Retention;

/// <summary>Reads of documents, before they are erased, what the erasure must know of them afterwards.</summary>
internal sealed class ErasureCollector(
    RetentionJournal journal,
    ICatalog catalog,
    IMetastore metastore,
    KeptReceipts receipts)
{
    /// <summary>Makes the order and the work of an erasure; nothing is durable yet.</summary>
    public async Task<(ErasureOrder Order, ErasureWork Work)> CollectAsync(
        ErasureRequest request,
        CancellationToken cancellationToken)
    {
        var asked = Opening.Of(
            Encoding.UTF8.GetBytes(request.Asked),
            () => RandomNumberGenerator.GetBytes(Commitment.SaltLength));
        var order = new ErasureOrder
        {
            Id = RetentionJournal.NewId(32),
            OrderedAt = journal.Now(),
            Basis = request.Basis,
            Asked = asked.Commit(),
            Documents =
            [
                .. request.Documents.Concat(request.Gone.Select(item => item.Address)).Distinct()
                    .OrderBy(item => item.Collection.Value, StringComparer.Ordinal)
                    .ThenBy(item => item.Document),
            ],
        };
        var probes = new ResidueProbes();
        var names = new ResidueProbes();
        if (request.Person is { } person)
        {
            Add(person.Asked, probes, names);
        }

        var documents = new List<ErasedVersions>();
        foreach (var address in order.Documents)
        {
            documents.Add(await ReadAsync(address, request, probes, names, cancellationToken));
        }

        var work = new ErasureWork
        {
            Id = order.Id,
            Asked = asked,
            Documents = documents,
            Probes = probes,
            Names = names,
            Accounts = request.Accounts,
        };
        var tags = documents.SelectMany(item => item.Versions.Select(version =>
            journal.TagOf(item.Address.Collection, version)));
        return (
            order with { Contents = [.. tags.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] },
            await ReceiptOpeningsStore.FindAsync(receipts, work, cancellationToken));
    }

    // A document that is not live has left versions in the ledger, and maybe what a source remembers of it.
    private async Task<ErasedVersions> ReadAsync(
        DocumentAddress address,
        ErasureRequest request,
        ResidueProbes probes,
        ResidueProbes names,
        CancellationToken cancellationToken)
    {
        var known = await LedgerOpenings.VersionsOfAsync(metastore.Ledger, address, cancellationToken);
        var live = await catalog.FindDocumentAsync(address.Collection, address.Document, cancellationToken);
        if (live is null)
        {
            var gone = request.Gone.FirstOrDefault(item => item.Address == address);
            probes.AddShort(gone?.Path ?? "", ResidueProbes.TitleSizeMinBytes);
            return new ErasedVersions(address, gone?.Source ?? "", gone?.Path ?? "", known, []);
        }

        var text = await catalog.ReadBlobAsync(live.Text, cancellationToken);
        var words = Encoding.UTF8.GetString(text.Span);
        probes.AddText(words);
        probes.AddBytes((await catalog.ReadBlobAsync(live.Original, cancellationToken)).Span);
        probes.AddShort(live.Path, ResidueProbes.TitleSizeMinBytes);
        probes.AddShort(live.Title, ResidueProbes.TitleSizeMinBytes);
        foreach (var spelling in request.Person?.SpellingsIn(words).Distinct(StringComparer.Ordinal) ?? [])
        {
            Add(spelling, probes, names);
        }

        var passages = await catalog.ReadPassagesAsync(live, cancellationToken);
        return new ErasedVersions(
            address,
            live.Source,
            live.Path,
            [.. known.Append(live.Version).Distinct().Order()],
            [
                .. passages.Select(passage => ContentHash.Of(text.Span[passage.Start..passage.End])).Distinct().Order(),
            ]);
    }

    private static void Add(string name, ResidueProbes probes, ResidueProbes names)
    {
        probes.AddShort(name);
        names.AddShort(name);
    }
}
