namespace Terroir;

/// <summary>The identity provider of a site does not answer, or not as OpenID Connect says. Code <c>TER1007</c>.
/// </summary>
public sealed class IdentityProviderFailedException : TerroirException
{
    /// <summary>Creates the error.</summary>
    /// <param name="fault">What is wrong, as a sentence without tokens, codes or names of people.</param>
    /// <param name="innerException">What was reported, or <see langword="null"/>.</param>
    public IdentityProviderFailedException(string fault, Exception? innerException = null)
        : base(
            "TER1007",
            isTransient: true,
            $"The identity provider of 'oidc:' cannot be used: {fault} 'terroir doctor' asks it again.",
            innerException)
    {
    }
}
