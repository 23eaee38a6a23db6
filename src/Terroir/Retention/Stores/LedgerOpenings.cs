using System.Text;
using Terroir.Provenance.Events;
using Terroir.Storage;

namespace Terroir.Retention.Stores;

/// <summary>Erases what opens the events of the ledger about the documents. The entries stay, and every proof with
/// them.</summary>
internal sealed class LedgerOpenings(IMetastore metastore) : IErasable
{
    private static readonly string[] ReasonedKinds =
        [EventKinds.PseudonymReversed, EventKinds.PseudonymRefused, EventKinds.EmergencyOpened];

    public string Store => "ledger-openings";

    public ErasureStage Stage => ErasureStage.Records;

    public async Task<int> EraseAsync(ErasureTarget target, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var document in target.Work.Documents)
        {
            var places = new List<long>();
            await foreach (var placed in FindAsync(
                new LedgerQuery { Subject = document.Address.Document.Value },
                cancellationToken))
            {
                places.Add(placed.Index);
            }

            // A file in quarantine is known by its path.
            await foreach (var placed in FindAsync(
                new LedgerQuery { Kind = EventKinds.FileQuarantined, Subject = document.Source },
                cancellationToken))
            {
                if (IsAbout(placed.Row, document))
                {
                    places.Add(placed.Index);
                }
            }

            count += await metastore.Ledger.EraseDetailsAsync(places, cancellationToken);
        }

        return count + await EraseReasonsAsync(target, cancellationToken);
    }

    // Why somebody wanted to know a pseudonym, or opened access in an emergency, is told in their own words, which may
    // name the person.
    private async Task<int> EraseReasonsAsync(ErasureTarget target, CancellationToken cancellationToken)
    {
        var places = new List<long>();
        foreach (var kind in ReasonedKinds)
        {
            await foreach (var placed in FindAsync(new LedgerQuery { Kind = kind }, cancellationToken))
            {
                if (TextsOf(placed.Row).Any(target.IsNamedIn))
                {
                    places.Add(placed.Index);
                }
            }
        }

        return await metastore.Ledger.EraseDetailsAsync(places, cancellationToken);
    }

    /// <summary>Reads every version of a document that the ledger knows.</summary>
    internal static async Task<IReadOnlyList<ContentHash>> VersionsOfAsync(
        ILedgerStore ledger,
        DocumentAddress document,
        CancellationToken cancellationToken)
    {
        var versions = new List<ContentHash>();
        var query = new LedgerQuery { Kind = EventKinds.VersionIngested, Subject = document.Document.Value };
        await foreach (var placed in FindAsync(ledger, query, cancellationToken))
        {
            foreach (var text in TextsOf(placed.Row))
            {
                if (text.Split('\n') is [_, _, var version] && ContentHash.TryParse(version, out var hash))
                {
                    versions.Add(hash);
                }
            }
        }

        return versions;
    }

    private IAsyncEnumerable<PlacedLedgerRow> FindAsync(LedgerQuery query, CancellationToken cancellationToken) =>
        FindAsync(metastore.Ledger, query, cancellationToken);

    private static async IAsyncEnumerable<PlacedLedgerRow> FindAsync(
        ILedgerStore ledger,
        LedgerQuery query,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await ledger.FindAsync(query, cancellationToken) is { Count: > 0 } rows)
        {
            foreach (var row in rows)
            {
                yield return row;
            }

            query = query with { FromIndex = rows[^1].Index + 1 };
        }
    }

    private static bool IsAbout(LedgerRow row, ErasedVersions document)
    {
        var file = $"{document.Address.Collection}\n{document.Source}\n{document.Path}";
        return TextsOf(row).Any(text => string.Equals(text, file, StringComparison.Ordinal));
    }

    private static IEnumerable<string> TextsOf(LedgerRow row)
    {
        if (row.Detail is null)
        {
            return [];
        }

        try
        {
            return
            [
                .. LedgerEvent.Parse(row.Kind, row.Time, row.Detail).Subjects
                    .Where(subject => subject.Opening is not null)
                    .Select(subject => Encoding.UTF8.GetString(subject.Opening!.Content)),
            ];
        }
        catch (ProofFormatException)
        {
            return [];
        }
    }
}
