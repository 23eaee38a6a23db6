using System.Collections.Concurrent;

namespace Terroir.Retrieval.Vectors;

/// <summary>An immutable block of vectors, checked whole: length, checksums, and everything that is used as a place.
/// </summary>
/// <remarks>Safe to share between threads; disposing it while a search runs is safe. The bytes are used where they
/// are.</remarks>
internal sealed unsafe class VectorBlock : IVectorSource, IDisposable
{
    private readonly BlockMemory _memory;
    private readonly ConcurrentQueue<SearchScratch> _scratches = new();

    private VectorBlock(BlockMemory memory, VectorBlockHeader header, VectorBlockFormat format)
    {
        _memory = memory;
        Header = header;
        Format = format;
        Rotation = new Rotation(format.CodeLength, header.Seed);
        RotatedMean = new float[format.CodeLength];
        Rotation.Apply(new ReadOnlySpan<float>(At(VectorSection.Centres), format.Stride), RotatedMean);
    }

    public VectorBlockHeader Header { get; }

    public VectorBlockFormat Format { get; }

    public Rotation Rotation { get; }

    /// <summary>The mean of all vectors, rotated.</summary>
    public float[] RotatedMean { get; }

    /// <summary>How many vectors there are.</summary>
    public int Count => Format.RowCount;

    /// <summary>Maps a file.</summary>
    /// <exception cref="BlobCorruptException">It is no block, or not all of one.</exception>
    /// <exception cref="SegmentUnsupportedException">Another version of the program wrote it.</exception>
    public static VectorBlock Map(string path) => Open(BlockMemory.Map(path));

    /// <summary>Opens a block in memory.</summary>
    /// <param name="content">Its bytes; they are not copied and must not change.</param>
    /// <exception cref="BlobCorruptException">They are no block, or not all of one.</exception>
    /// <exception cref="SegmentUnsupportedException">Another version of the program wrote them.</exception>
    public static VectorBlock Read(ReadOnlyMemory<byte> content) => Open(BlockMemory.Pin(content));

    /// <summary>Finds the rows whose numbers are allowed, for any number of searches.</summary>
    /// <param name="allowed">A bit for each number, the least first; numbers beyond its end are not allowed.</param>
    public AllowedRows Allow(ReadOnlySpan<ulong> allowed)
    {
        Enter();
        try
        {
            return new AllowedRows(new ReadOnlySpan<int>(At(VectorSection.Numbers), Count), allowed);
        }
        finally
        {
            _memory.Leave();
        }
    }

    /// <summary>Returns the vectors nearest to a query, among those that are allowed.</summary>
    /// <param name="query">As many components as the block's vectors have.</param>
    /// <param name="count">How many to return at most, 1 to <see cref="VectorLimits.CountMax"/>.</param>
    /// <param name="allowed">What <see cref="Allow"/> of this block returned, or <see langword="null"/> for
    /// all.</param>
    /// <param name="mode">Whether bounds are proved or probable.</param>
    /// <returns>Hits by descending score; equal ones by the vectors' components, then by key.</returns>
    /// <exception cref="VectorUnusableException">The query has another length or is not finite.</exception>
    public VectorHit[] Search(ReadOnlySpan<float> query, int count, AllowedRows? allowed, VectorSearchMode mode) =>
        VectorSearch.Run([new VectorScope(this, allowed)], tail: null, query, count, mode);

    /// <inheritdoc/>
    public int Number(int row) => ((int*)At(VectorSection.Numbers))[row];

    /// <inheritdoc/>
    public ulong Key(int row) => ((ulong*)At(VectorSection.Keys))[row];

    /// <inheritdoc/>
    public ReadOnlySpan<float> Vector(int row) =>
        new((float*)At(VectorSection.Originals) + ((long)row * Format.Stride), Format.Dimensions);

    /// <summary>Where a section begins.</summary>
    public byte* At(VectorSection section) => _memory.Start + Format.StartOf(section);

    /// <summary>Searches for several blocks together; the bytes must be kept with <see cref="Enter"/>.</summary>
    /// <param name="settings">How.</param>
    /// <param name="query">The query, which was checked.</param>
    /// <param name="allowed">Its allowed rows; all when <see langword="null"/>.</param>
    /// <param name="sourceNumber">This block's number in the search.</param>
    /// <param name="hits">Where to put what is found.</param>
    internal void Search(
        SearchSettings settings,
        ReadOnlySpan<float> query,
        AllowedRows? allowed,
        int sourceNumber,
        TopHits hits)
    {
        if (allowed is not null && allowed.RowCount != Count)
        {
            throw new ArgumentException("The allowed rows are those of another block.", nameof(allowed));
        }

        var scratch = _scratches.TryDequeue(out var used) ? used : new SearchScratch(Format);
        scratch.Query.SetValues(query);
        settings.Path.Search(
            new BlockTask(this, sourceNumber, allowed, settings.Bounds, settings.Limits, scratch),
            hits);
        if (_scratches.Count < Environment.ProcessorCount)
        {
            _scratches.Enqueue(scratch);
        }
    }

    /// <summary>Keeps the bytes until <see cref="Leave"/>.</summary>
    /// <exception cref="ObjectDisposedException">They are gone.</exception>
    internal void Enter() => ObjectDisposedException.ThrowIf(!_memory.TryEnter(), this);

    internal void Leave() => _memory.Leave();

    public void Dispose() => _memory.Dispose();

    private static VectorBlock Open(BlockMemory memory)
    {
        try
        {
            var (header, format) = VectorBlockCheck.Run(memory);
            return new VectorBlock(memory, header, format);
        }
        catch
        {
            memory.Dispose();
            throw;
        }
    }
}
