using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Terroir.Documents;

namespace Terroir.Readers.Workers;

/// <summary>Frames between the pool and a reading process: the length of a JSON message, the length of a body, both
/// as 8 bytes little-endian, then the two.</summary>
internal static class WorkerFrames
{
    private const int HeaderLength = 2 * sizeof(long);

    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NameBlocks } },
    };

    /// <summary>Writes a frame.</summary>
    public static async Task WriteAsync<T>(
        Stream stream,
        T message,
        IReadOnlyList<ReadOnlyMemory<byte>> body,
        CancellationToken cancellationToken)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(message, Json);
        var header = new byte[HeaderLength];
        BinaryPrimitives.WriteInt64LittleEndian(header, json.Length);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(sizeof(long)), body.Sum(part => (long)part.Length));
        await stream.WriteAsync(header, cancellationToken);
        await stream.WriteAsync(json, cancellationToken);
        foreach (var part in body)
        {
            await stream.WriteAsync(part, cancellationToken);
        }

        await stream.FlushAsync(cancellationToken);
    }

    /// <summary>Reads a frame.</summary>
    /// <returns>The frame, or <see langword="null"/> at the end of the stream.</returns>
    /// <exception cref="InvalidDataException">It is larger than <paramref name="sizeMaxBytes"/>, or no frame.
    /// </exception>
    public static async Task<WorkerFrame<T>?> ReadAsync<T>(
        Stream stream,
        long sizeMaxBytes,
        CancellationToken cancellationToken)
    {
        var header = new byte[HeaderLength];
        var count = await stream.ReadAtLeastAsync(header, HeaderLength, throwOnEndOfStream: false, cancellationToken);
        if (count < HeaderLength)
        {
            return null;
        }

        var jsonLength = BinaryPrimitives.ReadInt64LittleEndian(header);
        var bodyLength = BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(sizeof(long)));
        if (jsonLength < 0 || bodyLength < 0 || jsonLength > sizeMaxBytes || bodyLength > sizeMaxBytes - jsonLength)
        {
            throw new InvalidDataException("A frame of a reading process is too large.");
        }

        var json = new byte[jsonLength];
        var body = new byte[bodyLength];
        try
        {
            await stream.ReadExactlyAsync(json, cancellationToken);
            await stream.ReadExactlyAsync(body, cancellationToken);
        }
        catch (EndOfStreamException)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<T>(json, Json) is { } message
                ? new WorkerFrame<T>(message, body)
                : throw new InvalidDataException("A frame of a reading process is empty.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException("A frame of a reading process cannot be read.", exception);
        }
    }

    /// <summary>Takes an outcome apart into a message and the contents of embedded files.</summary>
    public static (WireOutcome Outcome, IReadOnlyList<ReadOnlyMemory<byte>> Body) TakeApart(ReadOutcome outcome) =>
        outcome switch
        {
            Extracted { Document: var document } => (
                new WireOutcome(
                    document with { Embedded = [] },
                    [.. document.Embedded.Select(file => new WireFile(file.Path, file.Content.Length))],
                    Unreadable: null),
                [.. document.Embedded.Select(file => file.Content)]),
            Unreadable unreadable => (new WireOutcome(Document: null, [], unreadable), []),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>Puts an outcome together again.</summary>
    /// <exception cref="InvalidDataException">Message and body do not fit.</exception>
    public static ReadOutcome PutTogether(WireOutcome outcome, ReadOnlyMemory<byte> body)
    {
        if (outcome.Document is not { } document)
        {
            return outcome.Unreadable ?? throw new InvalidDataException("A reading process gave no outcome.");
        }

        var files = new List<EmbeddedFile>(outcome.Embedded.Count);
        var start = 0;
        foreach (var file in outcome.Embedded)
        {
            if (file.SizeBytes < 0 || file.SizeBytes > body.Length - start)
            {
                throw new InvalidDataException("A reading process gave fewer bytes than it said.");
            }

            files.Add(new EmbeddedFile(file.Path, body.Slice(start, file.SizeBytes)));
            start += file.SizeBytes;
        }

        return new Extracted(document with { Embedded = files });
    }

    // The kinds of blocks are closed, and all stand in one assembly.
    private static void NameBlocks(JsonTypeInfo type)
    {
        if (type.Type == typeof(Block))
        {
            type.PolymorphismOptions = new JsonPolymorphismOptions();
            foreach (var kind in typeof(Block).Assembly.GetTypes().Where(kind => kind.IsSubclassOf(typeof(Block))))
            {
                type.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(kind, kind.Name));
            }
        }
    }
}

/// <summary>A frame that was read.</summary>
internal sealed record WorkerFrame<T>(T Message, ReadOnlyMemory<byte> Body);
