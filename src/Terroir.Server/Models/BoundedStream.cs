using Terroir.Server.Egress;

namespace Terroir.Server.Models;

/// <summary>Reads a stream up to a number of bytes and then fails.</summary>
/// <param name="inner">The stream; it is disposed with this one.</param>
/// <param name="sizeMaxBytes">How many bytes may be read.</param>
/// <param name="ended">Told how many were read, when the stream is disposed of; may be <see langword="null"/>.</param>
internal sealed class BoundedStream(Stream inner, long sizeMaxBytes, Action<long>? ended = null)
    : ForwardingStream(inner)
{
    private long _rest = sizeMaxBytes;
    private long _count;
    private Action<long>? _ended = ended;

    public override int Read(byte[] buffer, int offset, int count) => Count(base.Read(buffer, offset, count));

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer,
        CancellationToken cancellationToken = default) =>
        Count(await base.ReadAsync(buffer, cancellationToken));

    protected override void OnClosed() => Interlocked.Exchange(ref _ended, null)?.Invoke(_count);

    private int Count(int read)
    {
        _rest -= read;
        _count += read;
        return _rest >= 0 ? read : throw new InvalidDataException("The reply is too long.");
    }
}
