using Terroir.Protection.Vault;
using Terroir.Retention;

namespace Terroir.Server.Retention;

/// <summary>Erases what pseudonyms stand for where it comes from the documents or names the person.</summary>
internal sealed class VaultedPseudonyms(PseudonymVault vault) : IErasable
{
    public string Store => "pseudonyms";

    public ErasureStage Stage => ErasureStage.Records;

    public Task<int> EraseAsync(ErasureTarget target, CancellationToken cancellationToken)
    {
        var erased = target.Order.Documents
            .Select(item => new VaultedSource(item.Collection, item.Document))
            .ToHashSet();
        return vault.EraseAsync(erased.Contains, target.IsNamedIn, cancellationToken);
    }
}
