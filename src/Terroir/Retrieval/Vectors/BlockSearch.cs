using System.Numerics;
using System.Runtime.CompilerServices;
using Terroir.Retrieval.Vectors.Kernels;

namespace Terroir.Retrieval.Vectors;

/// <summary>Searches a block: few allowed rows by their vectors, more by their byte codes, many list by list by 1-bit
/// codes first. Whatever passes a bound goes to the next finer form, at last to the vectors themselves.</summary>
/// <remarks>With proved bounds (<see cref="BlockTask.Bounds"/> is <see langword="null"/>) all three ways give the same
/// hits: a row is dropped only if its greatest possible score is below a score that k rows are known to
/// reach.</remarks>
internal readonly unsafe ref struct BlockSearch<TKernels>
    where TKernels : struct, IVectorKernels
{
    private readonly BlockTask _task;
    private readonly TopHits _hits;
    private readonly ByteScores<TKernels> _bytes;
    private readonly byte* _codes;
    private readonly float _slack;

    /// <summary>Begins a search.</summary>
    public BlockSearch(BlockTask task, TopHits hits)
    {
        _task = task;
        _hits = hits;
        _codes = Block.At(VectorSection.Bytes);
        _slack = ScoreSlack.Of(Block.Header, Query.Norm);
        if (AllowedCount > _task.Limits.VectorScanCountMax)
        {
            Query.SetWords(Block.Rotation, Block.RotatedMean);
            _bytes = new ByteScores<TKernels>(Block, Query, _slack);
        }
    }

    private VectorBlock Block => _task.Block;

    private VectorBlockFormat Format => _task.Block.Format;

    private PreparedQuery Query => _task.Scratch.Query;

    private Shortlist Shortlist => _task.Scratch.Shortlist;

    private int AllowedCount => _task.Allowed?.Count ?? Block.Count;

    /// <summary>Offers all rows that are among the best to the hits.</summary>
    public void Run()
    {
        if (AllowedCount <= _task.Limits.VectorScanCountMax)
        {
            ScanVectors();
            return;
        }

        Shortlist.Reset(_hits.Capacity, _hits.Threshold);
        if (AllowedCount <= _task.Limits.ByteScanCountMax)
        {
            ScanBytes();
        }
        else
        {
            ScanLists();
        }

        Rescore();
    }

    private void ScanVectors()
    {
        for (var word = 0; word < Format.BlockCount; word++)
        {
            for (var rows = AllowedIn(word); rows != 0; rows &= rows - 1)
            {
                Score((word * IVectorKernels.BlockRowCount) + BitOperations.TrailingZeroCount(rows));
            }
        }
    }

    private void ScanBytes()
    {
        for (var word = 0; word < Format.BlockCount; word++)
        {
            Refine(word, AllowedIn(word));
        }
    }

    private void ScanLists()
    {
        Query.SetTables();
        var lists = new ListBounds<TKernels>(_task, _slack);
        lists.Compute();
        var queue = _task.Scratch.Lists;
        while (queue.TryTake(out var list, out var bound) && bound >= Shortlist.Threshold)
        {
            ScanList(list, lists.Constants(list));
        }
    }

    private void ScanList(int list, in ScanConstants constants)
    {
        var starts = (int*)Block.At(VectorSection.Starts);
        var (start, end) = (starts[list], starts[list + 1]);
        if (start == end)
        {
            return;
        }

        var bits = Block.At(VectorSection.Bits);
        for (var word = start / IVectorKernels.BlockRowCount; word <= (end - 1) / IVectorKernels.BlockRowCount; word++)
        {
            var rows = AllowedIn(word) & Between(word, start, end);
            if (BitOperations.PopCount(rows) >= _task.Limits.DenseCountMin)
            {
                rows &= TKernels.Survivors(
                    bits + ((long)word * Format.BlockSizeBytes),
                    constants,
                    Shortlist.Threshold);
            }

            Refine(word, rows);
        }
    }

    // The rows of a block of 64 that are from start up to but without end.
    private static ulong Between(int word, int start, int end)
    {
        var first = word * IVectorKernels.BlockRowCount;
        var rows = ulong.MaxValue;
        rows = start > first ? rows << (start - first) : rows;
        return end < first + IVectorKernels.BlockRowCount
            ? rows & (ulong.MaxValue >> (first + IVectorKernels.BlockRowCount - end))
            : rows;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong AllowedIn(int word) => _task.Allowed is { } allowed
        ? allowed.Words[word]
        : Between(word, 0, Block.Count);

    private void Refine(int word, ulong rows)
    {
        for (; rows != 0; rows &= rows - 1)
        {
            var row = (word * IVectorKernels.BlockRowCount) + BitOperations.TrailingZeroCount(rows);
            var score = _bytes.Of(_codes + ((long)row * Format.CodeSizeBytes), out var error);
            if (score + error >= Shortlist.Threshold)
            {
                Shortlist.Offer(row, score - error, score + error);
            }
        }
    }

    private void Rescore()
    {
        var (rows, negatedBounds) = Shortlist.Sort();
        for (var at = 0; at < rows.Length && -negatedBounds.Span[at] >= _hits.Threshold; at++)
        {
            Score(rows.Span[at]);
        }
    }

    private void Score(int row)
    {
        var vector = (float*)Block.At(VectorSection.Originals) + ((long)row * Format.Stride);
        var score = ExactScore<TKernels>.Of(Block.Header.Metric, Query.Values, vector, Format.Stride);
        if (score >= _hits.Threshold)
        {
            _hits.Offer(score, _task.SourceNumber, Block, row);
        }
    }
}
