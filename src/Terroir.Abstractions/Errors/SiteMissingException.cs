namespace Terroir;

/// <summary>There is no site in a folder. Code <c>TER1004</c>.</summary>
public sealed class SiteMissingException : TerroirException
{
    /// <summary>Creates the error for one folder.</summary>
    /// <param name="folder">The folder that was given.</param>
    public SiteMissingException(string folder)
        : base("TER1004", isTransient: false, Describe(folder), innerException: null) => Folder = folder;

    /// <summary>The folder that was given.</summary>
    public string Folder { get; }

    private static string Describe(string folder) =>
        $"There is no site in '{folder}'. Create one with 'terroir init --data {folder}', or name another with --data.";
}
