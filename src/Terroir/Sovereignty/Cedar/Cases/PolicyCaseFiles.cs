using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.CompilerServices;

namespace Terroir.Sovereignty.Cedar;

/// <summary>Finds cases in a folder and in the archives (<c>.tar.gz</c>) that stand in it.</summary>
internal static class PolicyCaseFiles
{
    /// <summary>The bytes that an archive may unpack to.</summary>
    private const long ArchiveSizeMax = 1L << 30;

    private const int FoldersAboveMax = 2;

    /// <summary>Lists the files that may be cases, ordered by name, with what finds the files that they name.</summary>
    public static async IAsyncEnumerable<PolicyCaseFile> ListAsync(
        string folder,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories);
        Array.Sort(files, StringComparer.Ordinal);
        foreach (var file in files)
        {
            if (IsCase(file))
            {
                yield return new PolicyCaseFile(
                    Path.GetRelativePath(folder, file),
                    await File.ReadAllTextAsync(file, cancellationToken),
                    (name, stop) => FindAsync(folder, file, name, stop));
            }
            else if (file.EndsWith(".tar.gz", StringComparison.Ordinal))
            {
                var entries = await UnpackAsync(file, cancellationToken);
                foreach (var (name, text) in entries.Where(entry => IsCase(entry.Key)))
                {
                    yield return new PolicyCaseFile(
                        $"{Path.GetRelativePath(folder, file)}/{name}",
                        text,
                        (other, _) => Task.FromResult(Find(entries, other)));
                }
            }
        }
    }

    private static bool IsCase(string name) =>
        name.EndsWith(".json", StringComparison.Ordinal) && !name.EndsWith(".entities.json", StringComparison.Ordinal);

    // Names are relative to the root of the collection, of which the folder may be a part, or else to the case.
    private static async Task<string?> FindAsync(
        string folder,
        string file,
        string name,
        CancellationToken cancellationToken)
    {
        var above = Path.GetFullPath(folder);
        for (var i = 0; i <= FoldersAboveMax && above is not null; i++, above = Path.GetDirectoryName(above))
        {
            if (File.Exists(Path.Combine(above, name)))
            {
                return await File.ReadAllTextAsync(Path.Combine(above, name), cancellationToken);
            }
        }

        var beside = Path.Combine(Path.GetDirectoryName(file)!, Path.GetFileName(name));
        return File.Exists(beside) ? await File.ReadAllTextAsync(beside, cancellationToken) : null;
    }

    private static string? Find(SortedDictionary<string, string> entries, string name) =>
        entries.GetValueOrDefault(name) ?? entries.GetValueOrDefault(Path.GetFileName(name));

    private static async Task<SortedDictionary<string, string>> UnpackAsync(
        string file,
        CancellationToken cancellationToken)
    {
        var entries = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await using var stream = File.OpenRead(file);
        await using var unpacked = new GZipStream(stream, CompressionMode.Decompress);
        await using var archive = new TarReader(unpacked);
        var size = 0L;
        while (await archive.GetNextEntryAsync(cancellationToken: cancellationToken) is { } entry)
        {
            if (entry.DataStream is not { } content)
            {
                continue;
            }

            size += entry.Length;
            if (size > ArchiveSizeMax)
            {
                throw Faults.Limit(nameof(ArchiveSizeMax));
            }

            using var reader = new StreamReader(content);
            entries[entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name] =
                await reader.ReadToEndAsync(cancellationToken);
        }

        return entries;
    }
}

/// <summary>A file that may be a case.</summary>
/// <param name="Name">Its name below the folder.</param>
/// <param name="Text">What it holds.</param>
/// <param name="FindAsync">Reads a file that it names; <see langword="null"/> if there is none.</param>
internal sealed record PolicyCaseFile(
    string Name,
    string Text,
    Func<string, CancellationToken, Task<string?>> FindAsync);
