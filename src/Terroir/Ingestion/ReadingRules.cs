using Terroir.Documents;

namespace Terroir.Ingestion;

/// <summary>How the files of single collections are read.</summary>
/// <param name="KeepsBoilerplate">The collections whose web pages keep menus, banners and footers.</param>
public sealed record ReadingRules(IReadOnlySet<CollectionId> KeepsBoilerplate)
{
    /// <summary>The rules of a site that sets none.</summary>
    public static ReadingRules None { get; } = new(new HashSet<CollectionId>());

    /// <summary>Applies the rule of a collection.</summary>
    internal ReadLimits Apply(CollectionId collection, ReadLimits limits) =>
        KeepsBoilerplate.Contains(collection) ? limits with { KeepsBoilerplate = true } : limits;
}
