using Terroir.Server.Egress;

namespace Terroir.Server.Sources;

/// <summary>A connection whose bytes, in and out, keep a rate.</summary>
/// <param name="inner">The connection; it is disposed with this one.</param>
/// <param name="throttle">The rate.</param>
internal sealed class ThrottledStream(Stream inner, Throttle throttle) : ForwardingStream(inner)
{
    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer,
        CancellationToken cancellationToken = default)
    {
        var count = await base.ReadAsync(Piece(buffer), cancellationToken);
        await throttle.WaitAsync(count, cancellationToken);
        return count;
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer,
        CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            var piece = buffer[..Math.Min(buffer.Length, throttle.ChunkMaxBytes)];
            await base.WriteAsync(piece, cancellationToken);
            await throttle.WaitAsync(piece.Length, cancellationToken);
            buffer = buffer[piece.Length..];
        }
    }

    // A library that cannot wait without a thread holds one for as long.
#pragma warning disable VSTHRD002
    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Write(byte[] buffer, int offset, int count) =>
        WriteAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();
#pragma warning restore VSTHRD002

    private Memory<byte> Piece(Memory<byte> buffer) => buffer[..Math.Min(buffer.Length, throttle.ChunkMaxBytes)];
}
