namespace Terroir.Access;

/// <summary>Decides which documents are commonly readable: those that everybody may read who may read anything.
/// </summary>
/// <remarks>Whatever is learned (meanings of words, acronyms, text that recurs) is learned from these and no others,
/// so that it may be shown to every asker. The decision looks at one document's list alone. "All who read in this
/// collection" would not do: a document for a new group would make the others less common, and so tell of itself.
/// </remarks>
public static class CommonReaders
{
    /// <summary>Decides whether a document is commonly readable.</summary>
    /// <param name="access">Its access list.</param>
    /// <returns>Whether it allows <c>everyone</c> and denies nobody, not even a principal that nobody is.</returns>
    public static bool MayRead(AccessList access) =>
        access.Deny.Count == 0 && access.Allow.Contains(AccessList.Everyone, StringComparer.Ordinal);
}
