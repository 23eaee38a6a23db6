using Terroir.Protection;
using Terroir.Retention;
using Terroir.Server.Protection;

namespace Terroir.Server.Retention;

/// <summary>Gives the site a new master key, so that no backup from before an erasure opens with what the site has.
/// </summary>
/// <param name="site">The site.</param>
/// <param name="keys">Its keys.</param>
/// <param name="options">Its settings.</param>
public sealed class MasterKeyChange(SiteFolder site, IKeyRing keys, ProtectionOptions options) : IErasable
{
    /// <inheritdoc/>
    public string Store => "master-key";

    /// <inheritdoc/>
    public ErasureStage Stage => ErasureStage.Keys;

    /// <inheritdoc/>
    public Task<int> EraseAsync(ErasureTarget target, CancellationToken cancellationToken) =>
        Task.FromResult(MasterKeyFile.Rotate(site, keys, options));
}
