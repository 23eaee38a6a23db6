using System.Text;
using Terroir.Audit;
using Terroir.Catalog;
using Terroir.Provenance.Receipts;
using Terroir.Storage;

namespace Terroir.Retention.Residue;

/// <summary>Reads every file of a site as raw bytes, and every sealed object that can be opened, and looks for remains
/// of erased documents.</summary>
internal sealed class ResidueSearch(
    ISiteFiles files,
    IObjectStore objects,
    ICatalog catalog,
    KeptReceipts receipts,
    IContentCipher? cipher = null)
{
    /// <summary>Searches.</summary>
    /// <param name="probes">By what remains are recognised.</param>
    /// <param name="cancellationToken">Stops between two files.</param>
    /// <returns>What was found. What documents that stay hold as well is no remains.</returns>
    public async Task<ResidueReport> RunAsync(ResidueProbes probes, CancellationToken cancellationToken)
    {
        var scan = new ResidueScan(probes);
        var found = new FoundPlaces();
        foreach (var file in files.List().Where(file => !IsWork(file.Name)))
        {
            await using var stream = file.Open();
            if (stream is not null)
            {
                found.FileCount++;
                found.SizeBytes += await scan.RunAsync(stream, found.NoteIn(file.Name), cancellationToken);
            }
        }

        await foreach (var (name, content) in OpenSealedAsync(cancellationToken))
        {
            found.SizeBytes += content.Length;
            scan.Run(content.Span, found.NoteIn(name));
        }

        await foreach (var (receipt, _, openings) in receipts.ReadAsync(cancellationToken))
        {
            var note = found.NoteIn($"receipt {receipt}", receipt);
            foreach (var content in ContentsOf(openings))
            {
                found.SizeBytes += content.Length;
                scan.Run(content, note);
            }
        }

        var shared = found.Hashes.Count == 0 ? [] : await FindSharedAsync(probes, found.Hashes, cancellationToken);
        return found.Report(probes.Count, shared);
    }

    private static IEnumerable<byte[]> ContentsOf(ReceiptOpenings openings) =>
        new[] { openings.Question, openings.Answer, openings.Prompt }
            .Concat((openings.Shown ?? []).Select(shown => shown.Opening))
            .Concat((openings.Citations ?? []).Select(citation => citation.Quote))
            .OfType<Opening>()
            .Select(opening => opening.Content);

    // Segments, records, receipts: sealed as a whole. What is in packs is under keys of single documents.
    private async IAsyncEnumerable<(string Name, ReadOnlyMemory<byte> Content)> OpenSealedAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (cipher is null)
        {
            yield break;
        }

        foreach (var prefix in new[] { "a/", "b/" })
        {
            await foreach (var info in objects.ListAsync(prefix, null, cancellationToken))
            {
                if (await OpenAsync(info, cancellationToken) is { } content)
                {
                    yield return ($"{info.Key.Value} (opened)", content);
                }
            }
        }
    }

    private async Task<ReadOnlyMemory<byte>?> OpenAsync(BlobInfo info, CancellationToken cancellationToken)
    {
        if (IsWork(info.Key.Value)
            || await TryReadAsync(info, cancellationToken) is not { } stored
            || !SealedContent.IsSealed(stored.Span))
        {
            return null;
        }

        try
        {
            return cipher!.Open(stored, info.Key.Value);
        }
        catch (KeyUnavailableException exception) when (exception.IsDestroyed)
        {
            return null;
        }
    }

    // The work of the erasure that is under way names what it erases, and goes last.
    private static bool IsWork(string name) => name.Contains("/retention-work/", StringComparison.Ordinal);

    private async Task<ReadOnlyMemory<byte>?> TryReadAsync(BlobInfo info, CancellationToken cancellationToken)
    {
        try
        {
            return await objects.ReadAsync(info.Key, 0, info.SizeBytes, cancellationToken);
        }
        catch (BlobMissingException)
        {
            return null;
        }
    }

    // Asked for only when something was found: boilerplate, a letterhead, a name that other documents have.
    private async Task<HashSet<ulong>> FindSharedAsync(
        ResidueProbes probes,
        IReadOnlySet<ulong> hashes,
        CancellationToken cancellationToken)
    {
        var shared = new HashSet<ulong>();
        var scan = new ResidueScan(probes.Only(hashes));
        foreach (var head in await catalog.ListHeadsAsync(cancellationToken))
        {
            var state = await catalog.ReadStateAsync(head.Collection, 0, cancellationToken);
            foreach (var row in state?.Documents ?? [])
            {
                foreach (var content in await ContentsAsync(row.Document, cancellationToken))
                {
                    scan.Run(content.Span, (_, _, hash) => shared.Add(hash));
                }
            }
        }

        return shared;
    }

    private async Task<IReadOnlyList<ReadOnlyMemory<byte>>> ContentsAsync(
        DocumentVersion document,
        CancellationToken cancellationToken)
    {
        var text = await catalog.ReadBlobAsync(document.Text, cancellationToken);
        return
        [
            text,
            Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(text.Span)),
            await catalog.ReadBlobAsync(document.Original, cancellationToken),
            await catalog.ReadBlobAsync(document.Passages, cancellationToken),
            document.ToJson(),
            Encoding.UTF8.GetBytes($"{document.Source}\n{document.Path}\n{document.Title}"),
        ];
    }
}
