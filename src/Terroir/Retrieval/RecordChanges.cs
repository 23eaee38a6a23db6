using System.Buffers.Binary;
using Terroir.Retrieval.Segments;
using Terroir.Storage;

namespace Terroir.Retrieval;

/// <summary>What changed in the records of a collection, to be laid over the documents of its segments.</summary>
internal sealed class RecordChanges
{
    private static readonly Dictionary<UInt128, DocumentRecord> None = [];

    private readonly Dictionary<ContentHash, Dictionary<UInt128, DocumentRecord>> _records = [];
    private readonly HashSet<UInt128> _changed = [];

    public RecordChanges(CollectionRecords state, RecordTexts texts)
    {
        foreach (var row in state.Documents)
        {
            var record = DocumentRecord.Parse(row.Record, texts);
            if (!_records.TryGetValue(row.Segment, out var records))
            {
                _records[row.Segment] = records = [];
            }

            records[record.Number] = record;
            if (state.Since > 0)
            {
                _changed.Add(record.Number);
            }
        }

        _changed.UnionWith(state.Removed.Select(DocumentRecord.NumberOf));
    }

    /// <summary>The records of a segment's documents after the changes.</summary>
    /// <param name="reader">The segment.</param>
    /// <param name="segment">Its name: a record counts only in the segment that it names.</param>
    /// <param name="before">The records before, or <see langword="null"/> if there were none.</param>
    /// <returns>The records by document; <paramref name="before"/> itself if none of them changed.</returns>
    public DocumentRecord?[] Apply(SegmentReader reader, ContentHash segment, DocumentRecord?[]? before)
    {
        if (before is not null && _changed.Count == 0)
        {
            return before;
        }

        var own = _records.GetValueOrDefault(segment, None);
        var after = before is null ? new DocumentRecord?[reader.Documents.Count] : null;
        var ids = reader.Documents.AllIds();
        for (var document = 0; document < reader.Documents.Count; document++)
        {
            var id = BinaryPrimitives.ReadUInt128BigEndian(ids[(document * SegmentFormat.IdSizeBytes)..]);
            if (before is null)
            {
                after![document] = own.GetValueOrDefault(id);
            }
            else if (_changed.Contains(id) && (before[document] is not null || own.ContainsKey(id)))
            {
                after ??= [.. before];
                after[document] = own.GetValueOrDefault(id);
            }
        }

        return after ?? before!;
    }
}
