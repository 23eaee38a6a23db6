using System.Collections;
using Terroir.Storage;

namespace Terroir.Retrieval;

/// <summary>The versions of a segment's documents, each read when it is first asked for and kept while it is used
/// often.</summary>
/// <remarks>Safe to share between threads.</remarks>
internal sealed class DocumentVersions(
    IReadOnlyList<DocumentRecord?> records,
    BoundedCache<DocumentRecord, DocumentVersion> read) : IReadOnlyList<DocumentVersion?>
{
    /// <summary>How many read versions a collection keeps.</summary>
    internal const int ReadCountMax = 16_384;

    public int Count => records.Count;

    public DocumentVersion? this[int index]
    {
        get
        {
            if (records[index] is not { } record)
            {
                return null;
            }

            if (read.Find(record) is not { } version)
            {
                version = record.Read();
                read.Keep(record, version);
            }

            return version;
        }
    }

    public IEnumerator<DocumentVersion?> GetEnumerator()
    {
        for (var index = 0; index < Count; index++)
        {
            yield return this[index];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
