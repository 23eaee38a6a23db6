using System.Globalization;
using System.Text;
using Terroir.Ingestion.Permissions;
using Terroir.Storage;

namespace Terroir.Ingestion.Folder;

/// <summary>Lists the files of a folder source.</summary>
internal static class FolderScan
{
    /// <summary>Lists files by path; hidden, temporary and permission files are left out, links are not
    /// followed.</summary>
    /// <exception cref="SourceUnavailableException">The folder cannot be read.</exception>
    public static IReadOnlyList<FolderFile> Run(SourceRecord source)
    {
        var root = new DirectoryInfo(source.Location);
        if (!root.Exists)
        {
            throw new SourceUnavailableException(source.Id, source.Location);
        }

        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            IgnoreInaccessible = false,
            AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
        };
        try
        {
            return
            [
                .. root.EnumerateFiles("*", options)
                    .Where(file => !IsIgnored(file.Name))
                    .Select(file => new FolderFile(
                        Path.GetRelativePath(root.FullName, file.FullName).Replace(Path.DirectorySeparatorChar, '/')
                            .Normalize(NormalizationForm.FormC),
                        file.FullName,
                        Fingerprint(file),
                        new DateTimeOffset(file.LastWriteTimeUtc)))
                    .OrderBy(file => file.Path, StringComparer.Ordinal),
            ];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SourceUnavailableException(source.Id, source.Location, exception);
        }
    }

    public static string Fingerprint(FileInfo file) => string.Create(
        CultureInfo.InvariantCulture,
        $"{file.Length}-{file.LastWriteTimeUtc.Ticks}-{file.CreationTimeUtc.Ticks}");

    private static bool IsIgnored(string name) =>
        name.StartsWith("~$", StringComparison.Ordinal)
        || name.StartsWith('.')
        || name.EndsWith(".tmp", StringComparison.OrdinalIgnoreCase)
        || string.Equals(name, PermissionFiles.FileName, StringComparison.Ordinal);
}

/// <summary>A file that was found.</summary>
internal sealed record FolderFile(string Path, string FullPath, string Fingerprint, DateTimeOffset ModifiedAt);
