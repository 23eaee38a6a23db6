using Terroir.Provenance.Events;
using Terroir.Provenance.Receipts;
using Terroir.Storage;

namespace Terroir.Catalog;

/// <summary>What the ledger says of a generation: the generation itself, and each document that it changes.</summary>
/// <remarks>They are written in the transaction of the commit, so that ledger and metastore cannot disagree. What a
/// merge or a repacking moves is no event of a document.</remarks>
internal static class GenerationEvents
{
    /// <summary>Lists the events of a draft that is sealed.</summary>
    public static IReadOnlyList<LedgerRow> Of(
        CollectionId collection,
        GenerationDraft draft,
        ContentHash manifest,
        DateTimeOffset time)
    {
        return
        [
            OfManifest(manifest, time),
            .. draft.Ingested.Select(row => OfVersion(EventKinds.VersionIngested, collection, row, time)),
            .. draft.Stamped.Select(row => OfVersion(EventKinds.PermissionsChanged, collection, row, time)),
            .. draft.Removed.Select(document => OfDocument(
                draft.Erased.Contains(document) ? EventKinds.DocumentErased : EventKinds.DocumentRemoved,
                collection,
                document,
                version: "",
                time)),
            .. OfFiles(collection, draft.Items, time),
        ];
    }

    /// <summary>Lists the events of files that went into quarantine.</summary>
    public static IReadOnlyList<LedgerRow> OfFiles(
        CollectionId collection,
        IReadOnlyList<SourceItem> items,
        DateTimeOffset time) =>
        [.. items.Where(item => item.Quarantine is not null).Select(item => OfFile(collection, item.Key, time))];

    /// <summary>The event of a generation: who has the sealed manifest has the entry.</summary>
    public static LedgerRow OfManifest(ContentHash manifest, DateTimeOffset time) =>
        new(EventKinds.Generation, time, LedgerLeaf.At(EventKinds.Generation, time, manifest).ToEntry())
        {
            Subject = manifest.Hex,
        };

    private static LedgerRow OfVersion(
        string kind,
        CollectionId collection,
        DocumentRow row,
        DateTimeOffset time) =>
        OfDocument(kind, collection, row.Document.Id, row.Document.Version.Hex, time);

    private static LedgerRow OfDocument(
        string kind,
        CollectionId collection,
        DocumentId document,
        string version,
        DateTimeOffset time) =>
        Write(kind, document.Value, EventSubject.Of("document", $"{collection}\n{document}\n{version}"), time);

    private static LedgerRow OfFile(CollectionId collection, SourceItemKey file, DateTimeOffset time) => Write(
        EventKinds.FileQuarantined,
        file.Source,
        EventSubject.Of("file", $"{collection}\n{file.Source}\n{file.Path}"),
        time);

    private static LedgerRow Write(string kind, string about, EventSubject subject, DateTimeOffset time)
    {
        var happened = new LedgerEvent(kind, time) { Subjects = [subject] };
        return new LedgerRow(kind, time, happened.ToLeaf().ToEntry())
        {
            Subject = about,
            Detail = happened.ToDetail(),
        };
    }
}
