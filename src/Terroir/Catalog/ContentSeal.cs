using Terroir.Storage;

namespace Terroir.Catalog;

/// <summary>Seals what the catalogue stores, where the site has a cipher, and opens it.</summary>
internal sealed class ContentSeal(IContentCipher? cipher)
{
    /// <summary>Stores everything as it is.</summary>
    public static ContentSeal None { get; } = new(null);

    private bool IsSealing => cipher is { IsSealing: true };

    /// <summary>Seals a blob of a document.</summary>
    public SealedBlob Blob(CollectionId collection, DocumentId document, ReadOnlyMemory<byte> content) => IsSealing
        ? new SealedBlob(
            cipher!.SealDocument(collection, document, content),
            ContentHash.Of(content.Span),
            IsSealed: true)
        : SealedBlob.Plain(content);

    /// <summary>Seals the record of a document.</summary>
    /// <returns>The bytes as they stand in a line: JSON, or sealed JSON in base64.</returns>
    public ReadOnlyMemory<byte> Record(CollectionId collection, DocumentId document, ReadOnlyMemory<byte> json) =>
        IsSealing
            ? System.Text.Encoding.ASCII.GetBytes(
                Convert.ToBase64String(cipher!.SealDocument(collection, document, json).Span))
            : json;

    /// <summary>Seals a segment.</summary>
    public StoredContent Segment(CollectionId collection, BuiltSegment built) => StoredContent.Of(
        ObjectKind.Segment,
        IsSealing ? cipher!.SealObject(collection, built.Content) : built.Content);

    /// <summary>Whether an object is sealed as a new one would be.</summary>
    public bool IsCurrent(CollectionId collection, ReadOnlyMemory<byte> stored) => IsSealing
        ? cipher!.IsSealedByNewest(collection, stored)
        : !SealedContent.IsSealed(stored.Span);

    /// <summary>How many bytes a record takes in a line.</summary>
    public long SizeOf(long jsonSize) => IsSealing ? (SealedContent.SizeOf(jsonSize) + 2) / 3 * 4 : jsonSize;

    /// <summary>How many bytes some records take in lines, about: each is taken for one chunk.</summary>
    public long SizeOf(int count, long jsonSize) => IsSealing
        ? (jsonSize + (count * (SealedContent.SizeOf(0) + 1))) / 3 * 4
        : jsonSize;

    /// <summary>Opens sealed bytes.</summary>
    /// <exception cref="KeyUnavailableException">The site has no keys, or not this one.</exception>
    public ReadOnlyMemory<byte> Open(ReadOnlyMemory<byte> content, string name) =>
        (cipher ?? throw new KeyUnavailableException(
            "(any)",
            "is not here: the site has no key ring",
            "Put the folder 'keys' back from a backup of the site's keys.")).Open(content, name);

    /// <summary>Opens an object that the catalogue wrote, if it is sealed.</summary>
    public ReadOnlyMemory<byte> OpenObject(ContentHash hash, ReadOnlyMemory<byte> content) =>
        SealedContent.IsSealed(content.Span) ? Open(content, BlobKey.ForContent(hash).Value) : content;

    /// <summary>Opens a record out of a line.</summary>
    /// <returns>The JSON, or <see langword="null"/> if its key was destroyed: the document was erased.</returns>
    public ReadOnlyMemory<byte>? OpenRecord(ReadOnlyMemory<byte> line)
    {
        if (line.Span is [(byte)'{', ..])
        {
            return line;
        }

        try
        {
            return Open(Convert.FromBase64String(System.Text.Encoding.ASCII.GetString(line.Span)), "a record");
        }
        catch (KeyUnavailableException exception) when (exception.IsDestroyed)
        {
            return null;
        }
    }
}
