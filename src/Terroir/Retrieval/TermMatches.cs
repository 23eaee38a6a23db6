using System.Buffers;
using Terroir.Retrieval.Segments;

namespace Terroir.Retrieval;

/// <summary>The selected documents that hold the terms of a word, term after term and segment after segment: found
/// once to be counted, and kept to be scored.</summary>
/// <remarks>It holds at most as many for each term as are selected. Where every document is selected nothing is kept:
/// the segment says how many hold the term. Not safe to share between threads.</remarks>
internal sealed class TermMatches : IDisposable
{
    private const int InitialCount = 1_024;

    private int[] _documents = ArrayPool<int>.Shared.Rent(InitialCount);
    private int[] _counts = ArrayPool<int>.Shared.Rent(InitialCount);
    private int _count;

    /// <summary>How many are kept.</summary>
    public int Count => _count;

    public ReadOnlySpan<int> Documents => _documents.AsSpan(0, _count);

    public ReadOnlySpan<int> Counts => _counts.AsSpan(0, _count);

    public void Clear() => _count = 0;

    /// <summary>Adds the selected documents of a segment.</summary>
    /// <param name="blocks">The term's documents.</param>
    /// <param name="selected">The selected ones.</param>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    public void Add(PostingBlocks blocks, DocumentSet selected, CancellationToken cancellationToken)
    {
        Span<int> documents = stackalloc int[SegmentFormat.BlockDocumentCount];
        Span<int> counts = stackalloc int[SegmentFormat.BlockDocumentCount];
        for (var next = selected.Next(0); next != int.MaxValue && blocks.MoveTo(next); next = selected.Next(next))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var found = blocks.ReadDocuments(documents);
            Reserve(found.Length);
            var added = Select(found, selected.Words);
            if (added > 0)
            {
                blocks.ReadCounts(counts);
                for (var index = 0; index < added; index++)
                {
                    // Until now the place in the block stood where the count comes.
                    _counts[_count + index] = counts[_counts[_count + index]];
                }

                _count += added;
            }

            next = Math.Max(next, blocks.Last + 1);
        }
    }

    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_documents);
        ArrayPool<int>.Shared.Return(_counts);
    }

    // Without a branch: whether a document is selected cannot be guessed.
    private int Select(ReadOnlySpan<int> found, ReadOnlySpan<ulong> words)
    {
        var documents = _documents.AsSpan(_count);
        var places = _counts.AsSpan(_count);
        var added = 0;
        for (var index = 0; index < found.Length; index++)
        {
            var document = found[index];
            documents[added] = document;
            places[added] = index;
            added += (int)((words[document >> 6] >> document) & 1);
        }

        return added;
    }

    private void Reserve(int count)
    {
        // One more: the last that is not selected is written too.
        if (_count + count + 1 > _documents.Length)
        {
            Grow(ref _documents, _count);
            Grow(ref _counts, _count);
        }
    }

    private static void Grow(ref int[] values, int count)
    {
        var larger = ArrayPool<int>.Shared.Rent(Math.Max(values.Length * 2, count + InitialCount));
        values.AsSpan(0, count).CopyTo(larger);
        ArrayPool<int>.Shared.Return(values);
        values = larger;
    }
}
