namespace Terroir;

/// <summary>A change could not be committed because bytes that it brings are being deleted, or because the head kept
/// moving; nothing was changed. Code <c>TER1505</c>, transient.</summary>
public sealed class CommitConflictException : TerroirException
{
    /// <summary>Creates the error for one collection.</summary>
    /// <param name="collection">The collection.</param>
    public CommitConflictException(CollectionId collection)
        : base("TER1505", isTransient: true, Describe(collection), innerException: null) => Collection = collection;

    /// <summary>The collection.</summary>
    public CollectionId Collection { get; }

    private static string Describe(CollectionId collection) =>
        $"The change to '{collection}' was not committed: the collection of garbage is deleting bytes that it brings "
        + "again. Nothing was changed. Let it finish, or run 'terroir gc' if it was interrupted; then try again.";
}
