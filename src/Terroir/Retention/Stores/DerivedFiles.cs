using Terroir.Storage;

namespace Terroir.Retention.Stores;

/// <summary>Deletes what was computed from the documents, to be computed again: records and vectors.</summary>
internal sealed class DerivedFiles(IDerivedStore derived) : IErasable
{
    public string Store => "derived-files";

    public ErasureStage Stage => ErasureStage.Delete;

    public Task<int> EraseAsync(ErasureTarget target, CancellationToken cancellationToken)
    {
        // A name is KIND.COLLECTION, and maybe more behind another dot.
        var names = derived.List("")
            .Where(name => name.Split('.') is [_, var collection, ..]
                && target.Collections.Any(erased => string.Equals(erased.Value, collection, StringComparison.Ordinal)))
            .ToArray();
        foreach (var name in names)
        {
            derived.Delete(name);
        }

        return Task.FromResult(names.Length);
    }
}
