namespace Terroir.Sovereignty;

/// <summary>The policies of the site, as they are now.</summary>
/// <remarks>Safe to call from several threads at once.</remarks>
public interface IProcessingPolicies
{
    /// <summary>Finds the policies in force.</summary>
    /// <returns>The policies; <see langword="null"/> if the site has none.</returns>
    /// <exception cref="PolicyInvalidException">They cannot be used: nothing is decided.</exception>
    SitePolicies? Find();
}
