namespace Terroir;

/// <summary>What is personal in a text could not be found in time. Code <c>TER3502</c>; transient. Whoever decides by
/// it decides as if nothing may leave.</summary>
/// <remarks>It never holds the text.</remarks>
public sealed class ScanUnfinishedException : TerroirException
{
    /// <summary>Creates the error.</summary>
    /// <param name="innerException">What the pattern reported.</param>
    public ScanUnfinishedException(Exception innerException)
        : base(
            "TER3502",
            isTransient: true,
            "A text could not be searched for personal data in time. Try again; if it lasts, look at the pattern of "
            + "'protection: personalData: patientNumber', and report which document it is.",
            innerException)
    {
    }
}
