using Terroir.Catalog;
using Terroir.Retrieval.Meaning;

namespace Terroir.Retrieval.Derived;

/// <summary>What a <see cref="LearningWatch"/> knows, so that a process that only adds some documents need not look at
/// all of them. The layout is in <c>docs/formats/derived.md</c>.</summary>
internal static class WatchFile
{
    /// <summary>The layout. It is raised too when something else decides that learning is due.</summary>
    public const ushort Version = 1;

    private const int HashSizeBytes = 32;

    private static ReadOnlySpan<byte> Magic => "TEDW"u8;

    /// <summary>Writes a file.</summary>
    public static void Write(Stream stream, WatchState state) => DerivedFile.Write(stream, Magic, Version, writer =>
    {
        // Zeros where nothing was learned.
        writer.Write(state.Learned.IsNone ? new byte[HashSizeBytes] : Convert.FromHexString(state.Learned.Hex));
        writer.Write(state.Judged.Generation);
        writer.Write(Convert.FromHexString(state.Judged.Manifest.Hex));
        writer.Write(state.DueCount);
        writer.Write(state.CommonCount);
        writer.Write(state.Documents.Count);
        writer.Write(state.Changed.Count);
        writer.Write(state.Added.Count);
        foreach (var (number, version) in state.Documents.OrderBy(pair => pair.Key))
        {
            Write(writer, number);
            writer.Write(version);
        }

        foreach (var number in state.Changed.Order().Concat(state.Added.Order()))
        {
            Write(writer, number);
        }
    });

    /// <summary>Checks and reads a file.</summary>
    /// <returns>What it holds, or <see langword="null"/> if the bytes are not as they were written.</returns>
    public static WatchState? Read(ReadOnlyMemory<byte> file)
    {
        if (DerivedFile.Check(file, Magic, Version) is not { } content)
        {
            return null;
        }

        try
        {
            return ReadContent(content.Span);
        }
        catch (Exception exception) when (exception is ArgumentException or OverflowException)
        {
            // A faulty writer made it: it is made anew.
            return null;
        }
    }

    private static WatchState ReadContent(ReadOnlySpan<byte> content)
    {
        var cursor = new ByteCursor(content);
        var learned = cursor.Take(HashSizeBytes);
        var generation = cursor.Int64();
        var manifest = ContentHash.FromDigest(cursor.Take(HashSizeBytes));
        var (dueCount, commonCount) = (cursor.Int32(), cursor.Int32());
        var (documentCount, changedCount, addedCount) = (cursor.Int32(), cursor.Int32(), cursor.Int32());
        var documents = new Dictionary<UInt128, ulong>();
        for (var index = 0; index < documentCount; index++)
        {
            documents.Add(cursor.UInt128(), (ulong)cursor.Int64());
        }

        return new WatchState(
            learned.ContainsAnyExcept((byte)0) ? ContentHash.FromDigest(learned) : default,
            new JudgedGeneration(generation, manifest),
            dueCount,
            commonCount,
            documents,
            ReadNumbers(ref cursor, changedCount),
            ReadNumbers(ref cursor, addedCount));
    }

    private static UInt128[] ReadNumbers(ref ByteCursor cursor, int count)
    {
        var numbers = new List<UInt128>();
        for (var index = 0; index < count; index++)
        {
            numbers.Add(cursor.UInt128());
        }

        return [.. numbers];
    }

    private static void Write(BinaryWriter writer, UInt128 number)
    {
        writer.Write((ulong)number);
        writer.Write((ulong)(number >> 64));
    }
}
