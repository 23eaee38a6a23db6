namespace Terroir.Retention.Residue;

/// <summary>The files of a site as they lie on the disk, for the search for remains.</summary>
public interface ISiteFiles
{
    /// <summary>Lists the files that the site wrote; those that its operator wrote are not among them.</summary>
    /// <returns>The files by name.</returns>
    IEnumerable<SiteFile> List();
}

/// <summary>A file of a site.</summary>
/// <param name="Name">Its path in the site's folder.</param>
/// <param name="Open">Opens it to be read; <see langword="null"/> if it is gone meanwhile.</param>
public sealed record SiteFile(string Name, Func<Stream?> Open);
