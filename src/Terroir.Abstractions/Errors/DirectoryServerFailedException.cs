namespace Terroir;

/// <summary>The groups of the directory server are not known, or too old to be believed. Code <c>TER1008</c>.
/// </summary>
public sealed class DirectoryServerFailedException : TerroirException
{
    /// <summary>Creates the error.</summary>
    /// <param name="fault">What is wrong, as a sentence without passwords or names of people.</param>
    /// <param name="innerException">What was reported, or <see langword="null"/>.</param>
    public DirectoryServerFailedException(string fault, Exception? innerException = null)
        : base(
            "TER1008",
            isTransient: true,
            $"The groups of the directory server of 'ldap:' are not known: {fault} Nobody is let in without them, "
                + "since a document may deny one of them. 'terroir doctor' asks the server again.",
            innerException)
    {
    }
}
