using System.Security.Cryptography;
using Terroir.Storage;

namespace Terroir.Protection;

/// <summary>Seals and opens with the keys of a ring.</summary>
internal sealed class RingCipher(KeyRing ring, bool isSealing) : IContentCipher
{
    public bool IsSealing => isSealing;

    public ReadOnlyMemory<byte> SealDocument(
        CollectionId collection,
        DocumentId document,
        ReadOnlyMemory<byte> content) =>
        ring.Current(collection).Seal(Convert.FromHexString(document.Value), content.Span);

    public ReadOnlyMemory<byte> SealObject(CollectionId collection, ReadOnlyMemory<byte> content)
    {
        Span<byte> leaf = stackalloc byte[KeyTree.LeafSizeBytes];
        RandomNumberGenerator.Fill(leaf);
        return ring.Current(collection, KeyUse.Objects).Seal(leaf, content.Span);
    }

    public bool IsSealedByNewest(CollectionId collection, ReadOnlyMemory<byte> content) =>
        SealedContent.IsSealed(content.Span)
        && string.Equals(
            ring.Current(collection, KeyUse.Objects).Id,
            Convert.ToHexStringLower(SealedStream.KeyIdOf(content.Span)),
            StringComparison.Ordinal);

    public ReadOnlyMemory<byte> Open(ReadOnlyMemory<byte> content, string name) =>
        SealedStream.IsWhole(content.Span)
            ? ring.Find(Convert.ToHexStringLower(SealedStream.KeyIdOf(content.Span))).Open(content.Span, name)
            : throw new BlobCorruptException(name);
}
