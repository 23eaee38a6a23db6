using Terroir.Retention.Residue;

namespace Terroir.Server.Retention;

/// <summary>The files of a site's folder, but those that its operator writes, and the weights of models.</summary>
internal sealed class SiteFiles(SiteFolder site) : ISiteFiles
{
    public IEnumerable<SiteFile> List()
    {
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Device,
        };
        return Directory.EnumerateFiles(site.Root, "*", options)
            .Where(path => !IsOfOperator(path))
            .Order(StringComparer.Ordinal)
            .Select(path => new SiteFile(Path.GetRelativePath(site.Root, path), () => Open(path)));
    }

    private bool IsOfOperator(string path) =>
        string.Equals(path, site.ConfigurationFile, StringComparison.Ordinal)
        || string.Equals(path, site.DirectoryFile, StringComparison.Ordinal)
        || IsIn(path, site.PoliciesFolder)
        || IsIn(path, site.ModelsFolder);

    private static bool IsIn(string path, string folder) =>
        path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static FileStream? Open(string path)
    {
        try
        {
            return new FileStream(
                path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete,
                bufferSize: 0,
                useAsync: false);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
