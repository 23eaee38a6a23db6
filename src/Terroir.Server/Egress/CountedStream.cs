namespace Terroir.Server.Egress;

/// <summary>A connection whose bytes are counted, with those of TLS.</summary>
/// <param name="inner">The connection; it is disposed with this one.</param>
/// <param name="closed">Is told once how many bytes were sent and received.</param>
internal sealed class CountedStream(Stream inner, Action<long, long> closed) : ForwardingStream(inner)
{
    private long _sent;
    private long _received;
    private Action<long, long>? _closed = closed;

    public override int Read(byte[] buffer, int offset, int count) => Received(base.Read(buffer, offset, count));

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer,
        CancellationToken cancellationToken = default) =>
        Received(await base.ReadAsync(buffer, cancellationToken));

    public override void Write(byte[] buffer, int offset, int count)
    {
        _sent += count;
        base.Write(buffer, offset, count);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // Counted before: what a failure cut off may have gone.
        _sent += buffer.Length;
        return base.WriteAsync(buffer, cancellationToken);
    }

    protected override void OnClosed() => Interlocked.Exchange(ref _closed, null)?.Invoke(_sent, _received);

    private int Received(int count)
    {
        _received += count;
        return count;
    }
}
