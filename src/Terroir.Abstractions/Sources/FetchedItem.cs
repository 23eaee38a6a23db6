using Terroir.Documents;

namespace Terroir.Sources;

/// <summary>An item that was fetched, or why it was not.</summary>
/// <param name="Verdict">Whether it was.</param>
/// <param name="Item">The item as it was when it was fetched: fingerprint, time and permission belong to the content.
/// </param>
/// <param name="Content">The bytes; empty unless it was fetched.</param>
/// <param name="Advice">What to do if it was not; <see langword="null"/> if it was, or is gone.</param>
public sealed record FetchedItem(
    FetchVerdict Verdict,
    ListedItem Item,
    ReadOnlyMemory<byte> Content,
    Remark? Advice = null);

/// <summary>What came of fetching an item.</summary>
public enum FetchVerdict
{
    /// <summary>The content is there.</summary>
    Fetched,

    /// <summary>The item is gone; the next listing tells what that means.</summary>
    Gone,

    /// <summary>It is larger than allowed.</summary>
    TooLarge,

    /// <summary>The source refuses it, or failed for it alone; it is tried again at the next synchronisation.</summary>
    Refused,

    /// <summary>It changed while it was fetched; it is tried again at the next synchronisation.</summary>
    Unstable,
}
