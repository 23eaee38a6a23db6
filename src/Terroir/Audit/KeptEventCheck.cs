using System.Text.Json;
using Terroir.Provenance.Events;
using Terroir.Provenance.Json;
using Terroir.Provenance.Receipts;
using Terroir.Storage;

namespace Terroir.Audit;

/// <summary>Compares what a site knows of an event with what the ledger has of it.</summary>
internal sealed class KeptEventCheck(ConfidentialObjects objects, LedgerIdentity identity)
{
    private readonly PersonKeys _people = new(objects);

    /// <summary>Whether kind, time, person, subject and openings are those of the entry. What was erased, or did not
    /// come back after a rebuild, fits.</summary>
    public async Task<bool> FitsAsync(LedgerRow row, CancellationToken cancellationToken)
    {
        if (LedgerLeaf.TryParse(row.Entry.Span) is not { } leaf
            || leaf != LedgerLeaf.At(row.Kind, row.Time, leaf.Digest))
        {
            return false;
        }

        return row.Kind switch
        {
            EventKinds.Generation => string.Equals(row.Subject, leaf.Digest.Hex, StringComparison.Ordinal),
            LedgerLeaf.ReceiptKind => string.Equals(row.Subject, leaf.Digest.Hex, StringComparison.Ordinal)
                && await IsKeptAsync(row, leaf, cancellationToken),
            _ => row.Detail is null || await IsOpenedAsync(row, leaf, cancellationToken),
        };
    }

    private async Task<bool> IsOpenedAsync(LedgerRow row, LedgerLeaf leaf, CancellationToken cancellationToken)
    {
        try
        {
            var happened = LedgerEvent.Parse(row.Kind, row.Time, row.Detail!);

            // Written again it is the same text: else a member by another name would count as one that was erased.
            return happened.ToLeaf() == leaf
                && string.Equals(happened.ToDetail(), row.Detail, StringComparison.Ordinal)
                && happened.Subjects.All(subject => subject.Opening?.Opens(subject.Commitment) == true)
                && (row.Actor is null
                    ? happened.Actor is null
                    : happened.Actor == await _people.NameAsync(row.Actor, cancellationToken));
        }
        catch (ProofFormatException)
        {
            return false;
        }
    }

    private async Task<bool> IsKeptAsync(LedgerRow row, LedgerLeaf leaf, CancellationToken cancellationToken)
    {
        try
        {
            var file = await ReceiptFile.TryReadAsync(objects, leaf.Digest, cancellationToken);
            if (file is null)
            {
                // What is there and cannot be opened was erased with its person; the entry stays.
                return await objects.ExistsAsync(ReceiptFile.NameOf(leaf.Digest), cancellationToken);
            }

            // Written again, each part has the same bytes: so nothing was added beside what is signed or committed to.
            var envelope = SigstoreBundle.Parse(file.Bundle).DsseEnvelope;
            var actor = await _people.NameAsync(file.Asker, cancellationToken);
            return ContentHash.Of(envelope.Payload) == leaf.Digest
                && SigstoreBundle.Of(envelope).ToBytes().AsSpan().SequenceEqual(file.Bundle)
                && ReceiptOpenings.Parse(file.Openings).ToBytes().AsSpan().SequenceEqual(file.Openings)
                && ActorOf(envelope).ValueEquals(actor.Hex)
                && (row.Actor is null || string.Equals(row.Actor, file.Asker, StringComparison.Ordinal))
                && await IsProvenAsync(file, cancellationToken);
        }
        catch (Exception exception) when (exception is ProofFormatException or BlobCorruptException)
        {
            return false;
        }
    }

    private static JsonElement ActorOf(DsseEnvelope envelope) =>
        JsonSerializer.Deserialize<JsonElement>(InTotoStatement.Parse(envelope.Payload).Predicate.Span)
            .GetProperty("actor");

    private async Task<bool> IsProvenAsync(ReceiptFile file, CancellationToken cancellationToken)
    {
        var evidence = new ReceiptEvidence
        {
            Bundle = file.Bundle,
            Openings = file.Openings,
            Keys = [identity.SigningKey.PublicKey],
        };
        return (await ReceiptVerifier.VerifyAsync(evidence, cancellationToken)).IsProven;
    }
}
