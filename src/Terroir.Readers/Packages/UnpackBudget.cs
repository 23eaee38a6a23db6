using Terroir.Documents;

namespace Terroir.Readers.Packages;

/// <summary>How many bytes may still come out of a packed file. Counts what really comes out, not what is promised.
/// </summary>
internal sealed class UnpackBudget(long sizeMaxBytes)
{
    /// <summary>Small files may unpack to this much whatever their ratio: repetition packs well.</summary>
    private const long FloorBytes = 16L << 20;

    private long _left = sizeMaxBytes;

    public static UnpackBudget For(long packedBytes, ReadLimits limits) =>
        new(Math.Min(limits.SizeMaxBytes, Math.Max(FloorBytes, packedBytes * limits.ArchiveRatioMax)));

    public void Take(long count)
    {
        _left -= count;
        if (_left < 0)
        {
            throw new UnreadableException(
                UnreadableReason.TooLarge,
                RemarkCode.UnpacksTooLarge);
        }
    }

    /// <summary>Wraps a stream of unpacked bytes.</summary>
    public Stream Watch(Stream source) => new WatchedStream(source, this);

    /// <summary>Reads a stream to its end under the budget.</summary>
    public byte[] ReadAll(Stream source, CancellationToken cancellationToken)
    {
        using var target = new MemoryStream();
        var buffer = new byte[81_920];
        int count;
        while ((count = source.Read(buffer)) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Take(count);
            target.Write(buffer, 0, count);
        }

        return target.ToArray();
    }

    private sealed class WatchedStream(Stream source, UnpackBudget budget) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var count = source.Read(buffer);
            budget.Take(count);
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                source.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
