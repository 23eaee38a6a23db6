using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Terroir.Retrieval.Vectors.Kernels;

namespace Terroir.Retrieval.Vectors;

/// <summary>Searches a block: few allowed rows by their vectors, more by their byte codes, many list by list by 1-bit
/// codes first. Whatever passes a bound goes to the next finer form, at last to the vectors themselves.</summary>
/// <remarks>With proved bounds (<see cref="BlockTask.Bounds"/> is <see langword="null"/>) all ways give the same
/// hits: a row is dropped only if its greatest possible score is below a score that k rows are known to
/// reach.</remarks>
internal unsafe ref struct BlockSearch<TKernels>
    where TKernels : struct, IVectorKernels
{
    // Rows wait until so many are there, while the processor fetches their codes: all for the coarse ones, and those
    // that look promising for the whole ones.
    private const int WaitingCountMax = 16;
    private const int CacheLineBytes = 64;

    // When 1-bit codes have let through more than the share of so many rows, they are not looked at for some blocks,
    // and for twice as many each time.
    private const int TrialCount = 256;
    private const float UsefulShareMax = 0.8f;
    private const int PauseCountMin = 24;
    private const int PauseCountMax = 1_536;

    private readonly BlockTask _task;
    private readonly TopHits _hits;
    private readonly Shortlist _shortlist;
    private readonly VectorBlockFormat _format;
    private readonly CodeScores<TKernels> _scores;
    private readonly byte* _coarse;
    private readonly byte* _fine;
    private readonly float _slack;
    private readonly Span<int> _waiting;
    private readonly Span<int> _promising;
    private readonly Span<int> _products;
    private int _waitingCount;
    private int _promisingCount;
    private int _triedCount;
    private int _passedCount;
    private int _pauseCount;
    private int _nextPauseCount = PauseCountMin;

    private BlockSearch(BlockTask task, TopHits hits, Span<int> waiting, Span<int> promising, Span<int> products)
    {
        _task = task;
        _hits = hits;
        _shortlist = task.Scratch.Shortlist;
        _format = task.Block.Format;
        _coarse = task.Block.At(VectorSection.Coarse);
        _fine = task.Block.At(VectorSection.Fine);
        _waiting = waiting;
        _promising = promising;
        _products = products;
        _slack = ScoreSlack.Of(task.Block.Header, Query.Norm);
        if (AllowedCount > task.Limits.VectorScanCountMax)
        {
            Query.SetBytes(task.Block.Rotation, task.Block.RotatedMean);
            _scores = new CodeScores<TKernels>(task.Block, Query, task.Block.Header.Metric, task.Bounds, _slack);
        }
    }

    /// <summary>Offers all rows that are among the best to the hits.</summary>
    public static void Run(BlockTask task, TopHits hits)
    {
        var search = new BlockSearch<TKernels>(
            task,
            hits,
            stackalloc int[WaitingCountMax],
            stackalloc int[WaitingCountMax],
            stackalloc int[WaitingCountMax]);
        if (search.AllowedCount <= task.Limits.VectorScanCountMax)
        {
            search.ScanVectors();
            return;
        }

        search._shortlist.Reset(hits.Capacity, hits.Threshold);
        if (search.AllowedCount <= task.Limits.ByteScanCountMax)
        {
            search.ScanCodes();
        }
        else
        {
            search.ScanLists();
        }

        search.Refine();
        search.ScoreFinely();
        search.Rescore();
    }

    private readonly PreparedQuery Query => _task.Scratch.Query;

    private readonly int AllowedCount => _task.Allowed?.Count ?? _task.Block.Count;

    private readonly void ScanVectors()
    {
        for (var word = 0; word < _format.BlockCount; word++)
        {
            for (var rows = AllowedIn(word); rows != 0; rows &= rows - 1)
            {
                Score((word * IVectorKernels.BlockRowCount) + BitOperations.TrailingZeroCount(rows));
            }
        }
    }

    // All coarse scores first: the rows that look best set a threshold that few others reach.
    private void ScanCodes()
    {
        var scan = _task.Scratch.Coarse;
        scan.Reset(_hits.Capacity, AllowedCount);
        for (var word = 0; word < _format.BlockCount; word++)
        {
            scan.Add(word, AllowedIn(word));
        }

        var rows = scan.Rows;
        for (var at = 0; at < Math.Min(WaitingCountMax, rows.Length); at++)
        {
            Fetch(Coarse(rows[at]), _format.CoarseSizeBytes);
        }

        for (var at = 0; at < rows.Length; at++)
        {
            if (at + WaitingCountMax < rows.Length)
            {
                Fetch(Coarse(rows[at + WaitingCountMax]), _format.CoarseSizeBytes);
            }

            var product = _scores.Product(Coarse(rows[at]));
            var score = _scores.Coarse(Coarse(rows[at]), product, out var error);
            scan.Put(at, product, score, score + error);
        }

        foreach (var at in scan.TakeBest())
        {
            Promise(rows[at], scan.Products[at]);
        }

        ScoreFinely();
        for (var at = 0; at < rows.Length; at++)
        {
            if (scan.UpperBounds[at] >= _shortlist.Threshold)
            {
                Promise(rows[at], scan.Products[at]);
            }
        }
    }

    private void ScanLists()
    {
        Query.SetTables();
        var lists = new ListBounds<TKernels>(_task, _slack);
        lists.Compute();
        while (lists.TryTake(_shortlist.Threshold, out var list, out var constants))
        {
            ScanList(list, constants);
        }
    }

    private void ScanList(int list, in ScanConstants constants)
    {
        var starts = (int*)_task.Block.At(VectorSection.Starts);
        var (start, end) = (starts[list], starts[list + 1]);
        if (start == end)
        {
            return;
        }

        var bits = _task.Block.At(VectorSection.Bits);
        for (var word = start / IVectorKernels.BlockRowCount; word <= (end - 1) / IVectorKernels.BlockRowCount; word++)
        {
            var rows = AllowedIn(word) & Between(word, start, end);
            var count = BitOperations.PopCount(rows);
            if (count >= _task.Limits.DenseCountMin && IsWorthwhile())
            {
                rows &= TKernels.Survivors(
                    bits + ((long)word * _format.BlockSizeBytes),
                    constants,
                    _shortlist.Threshold);
                Learn(count, BitOperations.PopCount(rows));
            }

            Await(word, rows);
        }
    }

    // Rigorous bounds of one bit a component say nothing about some vectors. The result is the same either way.
    private bool IsWorthwhile()
    {
        if (_pauseCount == 0)
        {
            return true;
        }

        _pauseCount--;
        return false;
    }

    private void Learn(int triedCount, int passedCount)
    {
        _triedCount += triedCount;
        _passedCount += passedCount;
        if (_triedCount >= TrialCount)
        {
            if (_task.Bounds is null && _passedCount > UsefulShareMax * _triedCount)
            {
                _pauseCount = _nextPauseCount;
                _nextPauseCount = Math.Min(2 * _nextPauseCount, PauseCountMax);
            }
            else
            {
                _nextPauseCount = PauseCountMin;
            }

            (_triedCount, _passedCount) = (0, 0);
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
    private readonly ulong AllowedIn(int word) => _task.Allowed is { } allowed
        ? allowed.Words[word]
        : Between(word, 0, _format.RowCount);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Await(int word, ulong rows)
    {
        for (; rows != 0; rows &= rows - 1)
        {
            var row = (word * IVectorKernels.BlockRowCount) + BitOperations.TrailingZeroCount(rows);
            if (_waitingCount == WaitingCountMax)
            {
                Refine();
            }

            _waiting[_waitingCount++] = row;
            Fetch(Coarse(row), _format.CoarseSizeBytes);
        }
    }

    private static void Fetch(byte* start, int sizeBytes)
    {
        for (var at = 0; Sse.IsSupported && at < sizeBytes; at += CacheLineBytes)
        {
            Sse.Prefetch0(start + at);
        }
    }

    private void Refine()
    {
        foreach (var row in _waiting[.._waitingCount])
        {
            var product = _scores.Product(Coarse(row));
            var score = _scores.Coarse(Coarse(row), product, out var error);
            if (score + error >= _shortlist.Threshold)
            {
                Promise(row, product);
            }
        }

        _waitingCount = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Promise(int row, int product)
    {
        if (_promisingCount == WaitingCountMax)
        {
            ScoreFinely();
        }

        (_promising[_promisingCount], _products[_promisingCount]) = (row, product);
        _promisingCount++;
        Fetch(Fine(row), _format.FineSizeBytes);
    }

    private void ScoreFinely()
    {
        for (var at = 0; at < _promisingCount; at++)
        {
            var (row, product) = (_promising[at], _products[at]);
            var score = _scores.Fine(Coarse(row), Fine(row), ref product, out var error);
            if (score + error >= _shortlist.Threshold)
            {
                score = _scores.Finest(Coarse(row), Fine(row), product, out error);
                _shortlist.Offer(row, score - error, score + error);
            }
        }

        _promisingCount = 0;
    }

    private readonly byte* Coarse(int row) => _coarse + ((long)row * _format.CoarseSizeBytes);

    private readonly byte* Fine(int row) => _fine + ((long)row * _format.FineSizeBytes);

    private readonly void Rescore()
    {
        var (rows, negatedBounds) = _shortlist.Sort();
        for (var at = 0; at < rows.Length && -negatedBounds.Span[at] >= _hits.Threshold; at++)
        {
            Score(rows.Span[at]);
        }
    }

    private readonly void Score(int row)
    {
        var vector = (float*)_task.Block.At(VectorSection.Originals) + ((long)row * _format.Stride);
        var score = ExactScore<TKernels>.Of(_task.Block.Header.Metric, Query.Values, vector, _format.Stride);
        if (score >= _hits.Threshold)
        {
            _hits.Offer(score, _task.SourceNumber, _task.Block, row);
        }
    }
}
