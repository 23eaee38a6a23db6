namespace Terroir.Retention;

/// <summary>A store that an erasure visits. One implementation for each; the host registers those that it
/// has.</summary>
public interface IErasable
{
    /// <summary>The name in the certificate: <c>a-z</c> and hyphens.</summary>
    string Store { get; }

    /// <summary>When the store is visited.</summary>
    ErasureStage Stage { get; }

    /// <summary>Removes what the store holds of the documents. When the call returns, that is durable.</summary>
    /// <remarks>It may run again after a crash, or beside documents that another erasure removed: what is gone already
    /// is no error.</remarks>
    /// <param name="target">What is to go.</param>
    /// <param name="cancellationToken">Stops between two removals; a second run goes on.</param>
    /// <returns>How many things were removed or written anew.</returns>
    /// <exception cref="ErasureIncompleteException">Something keeps the store from removing it now.</exception>
    Task<int> EraseAsync(ErasureTarget target, CancellationToken cancellationToken);
}

/// <summary>The order in which stores are visited.</summary>
public enum ErasureStage
{
    /// <summary>What makes documents stop answering.</summary>
    Withdraw,

    /// <summary>What is written anew without them.</summary>
    Rewrite,

    /// <summary>What is deleted once nothing needs it.</summary>
    Delete,

    /// <summary>What quotes them beside the documents themselves.</summary>
    Records,

    /// <summary>The keys of what was sealed, so that it stays unreadable wherever a copy is.</summary>
    Keys,

    /// <summary>What deletion leaves in files.</summary>
    Scrub,
}

/// <summary>What an erasure is about.</summary>
/// <param name="order">The order.</param>
/// <param name="work">What is known of the documents.</param>
/// <param name="saveAsync">Makes changed work durable.</param>
public sealed class ErasureTarget(
    ErasureOrder order,
    ErasureWork work,
    Func<ErasureWork, CancellationToken, Task> saveAsync)
{
    private Residue.ResidueScan? _names;

    /// <summary>The order.</summary>
    public ErasureOrder Order { get; } = order;

    /// <summary>What is known of the documents.</summary>
    public ErasureWork Work { get; private set; } = work;

    /// <summary>The collections of the documents, by name.</summary>
    public IReadOnlyList<CollectionId> Collections { get; } =
    [
        .. order.Documents.Select(document => document.Collection).Distinct()
            .OrderBy(collection => collection.Value, StringComparer.Ordinal),
    ];

    /// <summary>Lists the documents of a collection.</summary>
    /// <param name="collection">The collection.</param>
    public IReadOnlyList<DocumentId> DocumentsOf(CollectionId collection) =>
        [.. Order.Documents.Where(item => item.Collection == collection).Select(item => item.Document)];

    /// <summary>Tells whether a text names the person whom the erasure is about; never, if it is about none.</summary>
    /// <param name="text">The text.</param>
    public bool IsNamedIn(string text)
    {
        // What names the person does not change, and to look for it takes some memory.
        _names ??= new Residue.ResidueScan(Work.Names);
        var isNamed = false;
        _names.Run(System.Text.Encoding.UTF8.GetBytes(text), (_, _, _) => isNamed = true);
        return isNamed;
    }

    /// <summary>Remembers more, durably.</summary>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">Stops before it is written.</param>
    public async Task SaveAsync(ErasureWork work, CancellationToken cancellationToken)
    {
        await saveAsync(work, cancellationToken);
        Work = work;
    }
}
