using System.Runtime.InteropServices;

namespace Terroir.Retrieval.Encoders;

/// <summary>Finds the live documents of a snapshot that vectors were made from, each once: two processes may have
/// embedded the same document. For one thread, and for the files of one encoder.</summary>
internal sealed class DocumentPlaces
{
    private readonly Dictionary<UInt128, Live> _live = [];

    /// <summary>Lists the live documents.</summary>
    /// <param name="segments">The segments of the snapshot.</param>
    public DocumentPlaces(IReadOnlyList<SnapshotSegment> segments)
    {
        foreach (var (number, segment) in segments.Index())
        {
            foreach (var (document, record) in segment.Records.Index())
            {
                if (record is not null)
                {
                    _live[record.Number] = new Live(record, new DocumentPlace(number, document));
                }
            }
        }
    }

    /// <summary>Where the documents of a file stand; those that a file before has stand nowhere.</summary>
    public DocumentPlace[] Of(PassageVectorFile file) => [.. file.Documents.Select(Take)];

    private DocumentPlace Take(EmbeddedDocument document) =>
        _live.TryGetValue(document.Number, out var live)
        && live.Record.EmbeddedContent == document.Content
        && _live.Remove(document.Number)
            ? live.Place
            : DocumentPlace.None;

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Live(DocumentRecord Record, DocumentPlace Place);
}
