using System.Globalization;
using Terroir.Lineage.Runs;
using Terroir.Storage.Embedded;

namespace Terroir.Server.Lineage;

/// <summary>The events as JSON lines in files <c>events-PLACE.jsonl</c>, named by the place in the ledger with which
/// they begin. The last line says where to go on, so that a kill loses and doubles nothing.</summary>
/// <remarks>For one process: that which serves the site. What was lost is written again, since the same ledger gives
/// the same events.</remarks>
/// <param name="folder">The folder.</param>
/// <param name="sizeMaxBytes">From which size a new file is begun.</param>
internal sealed class RunEventFiles(string folder, long sizeMaxBytes = RunEventFiles.DefaultSizeMaxBytes)
{
    /// <summary>From which size a new file is begun.</summary>
    public const long DefaultSizeMaxBytes = 16 << 20;

    /// <summary>How many files there are at most; the oldest go.</summary>
    public const int CountMax = 64;

    private const string Prefix = "events-";
    private const string Suffix = ".jsonl";

    private static readonly byte[] LineFeed = "\n"u8.ToArray();

    /// <summary>The files, the oldest first.</summary>
    public IReadOnlyList<string> Files => Directory.Exists(folder)
        ? [.. Directory.GetFiles(folder, $"{Prefix}*{Suffix}").Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Finds where to go on, and takes away what a kill left half written.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The place of the first event of the ledger that has not all its lines.</returns>
    public async Task<long> OpenAsync(CancellationToken cancellationToken)
    {
        foreach (var path in Files.Reverse())
        {
            var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
            if (FindLast(bytes) is { } last)
            {
                // The lines of the last place are written again: some may be missing.
                await using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
                file.SetLength(last.Start);
                return last.Place;
            }

            File.Delete(path);
        }

        return 0;
    }

    /// <summary>Appends events; when it returns, they are durable.</summary>
    /// <param name="place">The place of the first.</param>
    /// <param name="lines">The events without line feeds.</param>
    /// <param name="cancellationToken">Stops the writing; half a line is taken away by <see cref="OpenAsync"/>.</param>
    /// <exception cref="StorageFailedException">They could not be made durable.</exception>
    public async Task AppendAsync(long place, IReadOnlyList<byte[]> lines, CancellationToken cancellationToken)
    {
        DurableFile.EnsureFolder(folder);
        var files = Files;
        var path = files.Count > 0 && new FileInfo(files[^1]).Length < sizeMaxBytes
            ? files[^1]
            : Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{place:D19}{Suffix}"));
        await using (var file = new FileStream(path, Options()))
        {
            foreach (var line in lines)
            {
                await file.WriteAsync(line, cancellationToken);
                await file.WriteAsync(LineFeed, cancellationToken);
            }
        }

        DurableFile.Flush(path);
        foreach (var old in Files.SkipLast(CountMax))
        {
            File.Delete(old);
        }
    }

    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = DurableFile.OwnerOnly;
        }

        return options;
    }

    private static (long Place, int Start)? FindLast(ReadOnlySpan<byte> bytes)
    {
        (long Place, int Start)? last = null;
        for (var start = 0; bytes[start..].IndexOf((byte)'\n') is >= 0 and var length; start += length + 1)
        {
            var place = RunEvents.PlaceOf(bytes.Slice(start, length));
            if (place is null)
            {
                break;
            }

            last = last?.Place == place ? last : (place.Value, start);
        }

        return last;
    }
}
