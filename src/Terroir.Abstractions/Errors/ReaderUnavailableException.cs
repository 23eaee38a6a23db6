namespace Terroir;

/// <summary>No process that reads files can be started. Code <c>TER1005</c>, transient.</summary>
public sealed class ReaderUnavailableException : TerroirException
{
    /// <summary>Creates the error.</summary>
    /// <param name="cause">What happened, without a full stop.</param>
    /// <param name="innerException">What the system reported.</param>
    public ReaderUnavailableException(string cause, Exception? innerException = null)
        : base("TER1005", isTransient: true, Describe(cause), innerException) => Cause = cause;

    /// <summary>What happened.</summary>
    public string Cause { get; }

    private static string Describe(string cause) =>
        $"No reading process can be started: {cause}. Check that the machine has memory and processes left, and that "
        + "the program is installed whole; then sync again. No file was given up.";
}
