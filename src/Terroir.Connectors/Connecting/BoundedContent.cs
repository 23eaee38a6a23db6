namespace Terroir.Connectors.Connecting;

/// <summary>Reads streams whose length nobody vouches for.</summary>
internal static class BoundedContent
{
    private const int BufferSize = 64 << 10;

    /// <summary>Reads to the end.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="sizeMaxBytes">The most that is read.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The bytes, or <see langword="null"/> if there are more.</returns>
    /// <exception cref="SourceFaultException">The source ended early.</exception>
    public static async Task<byte[]?> ReadAsync(
        Stream stream,
        long sizeMaxBytes,
        CancellationToken cancellationToken)
    {
        var target = new MemoryStream();
        var buffer = new byte[BufferSize];
        try
        {
            int count;
            while ((count = await stream.ReadAsync(buffer, cancellationToken)) > 0)
            {
                if (target.Length + count > sizeMaxBytes)
                {
                    return null;
                }

                await target.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            }
        }
        catch (IOException exception)
        {
            throw new SourceFaultException("The connection broke while a file was fetched.", exception)
            {
                IsTransient = true,
            };
        }

        return target.ToArray();
    }
}
