namespace Terroir;

/// <summary>The site's directory of users and groups cannot be read. Code <c>TER1003</c>.</summary>
public sealed class DirectoryInvalidException : TerroirException
{
    /// <summary>Creates the error.</summary>
    /// <param name="fault">What the reader reported: a line and what it expected.</param>
    public DirectoryInvalidException(string fault)
        : base("TER1003", isTransient: false, Describe(fault), innerException: null)
    {
    }

    private static string Describe(string fault) =>
        $"directory.yaml cannot be read: {fault} Mend the file; until then nobody can ask.";
}
