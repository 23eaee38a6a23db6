using System.Collections.Concurrent;
using Terroir.Documents;
using Terroir.Readers;

namespace Terroir.Tests.Ingestion;

/// <summary>The real readers, and the names of what they read.</summary>
internal sealed class CountingReader : IDocumentReader
{
    private readonly FormatReaders _readers = new();
    private readonly ConcurrentQueue<string> _names = new();

    /// <summary>The names of the files that were read, sorted.</summary>
    public IReadOnlyList<string> Names => [.. _names.Order(StringComparer.Ordinal)];

    /// <summary>Awaited with the name before a file is read.</summary>
    public Func<string, Task>? BeforeReadAsync { get; init; }

    public async ValueTask<ReadOutcome> ReadAsync(
        ReadOnlyMemory<byte> content,
        string fileName,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        _names.Enqueue(fileName);
        if (BeforeReadAsync is not null)
        {
            await BeforeReadAsync(fileName);
        }

        return await _readers.ReadAsync(content, fileName, limits, cancellationToken);
    }
}
