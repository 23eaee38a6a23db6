namespace Terroir;

/// <summary>A file that a site cannot do without is missing or cannot be read. Code <c>TER1006</c>.</summary>
public sealed class SiteDamagedException : TerroirException
{
    /// <summary>Creates the error for one file.</summary>
    /// <param name="file">The file's path.</param>
    /// <param name="fault">What is wrong with it, as the end of a sentence, such as <c>is missing</c>.</param>
    public SiteDamagedException(string file, string fault)
        : base("TER1006", isTransient: false, Describe(file, fault), innerException: null) => File = file;

    /// <summary>The file's path.</summary>
    public string File { get; }

    private static string Describe(string file, string fault) =>
        $"'{file}' {fault}. Put it back from a backup of the site; a new one would not fit what is stored.";
}
