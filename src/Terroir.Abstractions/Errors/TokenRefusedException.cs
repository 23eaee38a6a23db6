namespace Terroir;

/// <summary>The hardware token that keeps the master key of a site cannot be used. Code <c>TER6010</c>.</summary>
public sealed class TokenRefusedException : TerroirException
{
    /// <summary>Creates the error.</summary>
    /// <param name="fault">What is wrong and what to do, as sentences; never a PIN.</param>
    /// <param name="innerException">What the module reported, or <see langword="null"/>.</param>
    public TokenRefusedException(string fault, Exception? innerException = null)
        : base("TER6010", isTransient: false, $"The token of 'protection:' cannot be used: {fault}", innerException)
    {
    }
}
