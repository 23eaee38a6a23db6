namespace Terroir.Storage;

/// <summary>Seals what collections store, so that nobody reads it from the object store, and opens it again.</summary>
/// <remarks>Safe to call from several threads at once. What is sealed begins with <see cref="SealedContent.Magic"/>;
/// its form is <c>docs/formats/sealed.md</c>.</remarks>
public interface IContentCipher
{
    /// <summary>Whether new content is sealed. What was sealed before is opened in any case.</summary>
    bool IsSealing { get; }

    /// <summary>Seals bytes of one document, under a key that no other document shares.</summary>
    /// <param name="collection">The document's collection.</param>
    /// <param name="document">The document.</param>
    /// <param name="content">The bytes.</param>
    /// <returns>Other bytes at every call, longer by <see cref="SealedContent.SizeOf"/>.</returns>
    /// <exception cref="KeyUnavailableException">The collection's key is not to be had, or the document's was
    /// destroyed.</exception>
    /// <exception cref="StorageFailedException">A new key could not be kept.</exception>
    ReadOnlyMemory<byte> SealDocument(CollectionId collection, DocumentId document, ReadOnlyMemory<byte> content);

    /// <summary>Seals bytes that belong to several documents, such as a segment, under a key of their own.</summary>
    /// <param name="collection">Their collection.</param>
    /// <param name="content">The bytes.</param>
    /// <returns>Other bytes at every call.</returns>
    /// <exception cref="KeyUnavailableException">The collection's key is not to be had.</exception>
    /// <exception cref="StorageFailedException">A new key could not be kept.</exception>
    ReadOnlyMemory<byte> SealObject(CollectionId collection, ReadOnlyMemory<byte> content);

    /// <summary>Whether <see cref="SealObject"/> sealed an object with the key that it would take now.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="content">The stored bytes; their beginning is enough.</param>
    /// <returns>Whether it did.</returns>
    bool IsSealedByNewest(CollectionId collection, ReadOnlyMemory<byte> content);

    /// <summary>Opens what was sealed.</summary>
    /// <param name="content">Sealed bytes.</param>
    /// <param name="name">What they are called in an error.</param>
    /// <returns>The bytes as they were.</returns>
    /// <exception cref="BlobCorruptException">They are not as they were sealed.</exception>
    /// <exception cref="KeyUnavailableException">Their key is not here, or was destroyed.</exception>
    ReadOnlyMemory<byte> Open(ReadOnlyMemory<byte> content, string name);
}
