namespace Terroir.Server.Models;

/// <summary>Reads a stream up to a number of bytes and then fails.</summary>
/// <param name="inner">The stream; it is disposed with this one.</param>
/// <param name="sizeMaxBytes">How many bytes may be read.</param>
/// <param name="ended">Told how many were read, when the stream is disposed of; may be <see langword="null"/>.</param>
internal sealed class BoundedStream(Stream inner, long sizeMaxBytes, Action<long>? ended = null) : Stream
{
    private long _rest = sizeMaxBytes;
    private long _count;
    private Action<long>? _ended = ended;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Count(inner.Read(buffer, offset, count));

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer,
        CancellationToken cancellationToken = default) =>
        Count(await inner.ReadAsync(buffer, cancellationToken));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            _ended?.Invoke(_count);
            _ended = null;
        }

        base.Dispose(disposing);
    }

    private int Count(int read)
    {
        _rest -= read;
        _count += read;
        return _rest >= 0 ? read : throw new InvalidDataException("The reply is too long.");
    }
}
