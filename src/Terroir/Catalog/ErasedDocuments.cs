using System.Security.Cryptography;
using System.Text;
using Terroir.Storage;

namespace Terroir.Catalog;

/// <summary>The tombstones of a site: documents by their id, which holds for every version, and contents by a keyed
/// hash, so that the same bytes do not come back under another name.</summary>
/// <param name="documents">The documents that were erased.</param>
/// <param name="contents">The tags of their contents: <see cref="TagOf"/>.</param>
/// <param name="key">The key of the tags.</param>
public sealed class ErasedDocuments(
    IReadOnlySet<(CollectionId Collection, DocumentId Document)> documents,
    IReadOnlySet<string> contents,
    ReadOnlyMemory<byte> key)
{
    /// <summary>No tombstone.</summary>
    public static ErasedDocuments None { get; } = new(
        new HashSet<(CollectionId, DocumentId)>(),
        new HashSet<string>(StringComparer.Ordinal),
        default);

    /// <summary>Names a content so that only the site can compare others with it.</summary>
    /// <param name="key">A secret of the site.</param>
    /// <param name="collection">The collection.</param>
    /// <param name="content">The hash of the bytes.</param>
    /// <returns>HMAC-SHA256 in hexadecimal digits.</returns>
    public static string TagOf(ReadOnlySpan<byte> key, CollectionId collection, ContentHash content) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{collection}\n{content.Hex}")));

    /// <summary>Whether a document was erased.</summary>
    /// <param name="collection">Its collection.</param>
    /// <param name="document">Its id.</param>
    public bool Has(CollectionId collection, DocumentId document) => documents.Contains((collection, document));

    /// <summary>Whether a content was erased.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="content">The hash of the bytes.</param>
    public bool HasContent(CollectionId collection, ContentHash content) =>
        contents.Count > 0 && contents.Contains(TagOf(key.Span, collection, content));

    /// <summary>Takes out of a change what must not come back.</summary>
    internal CatalogChange Filter(CollectionId collection, CatalogChange change)
    {
        var refused = change.Added
            .Where(document => Has(collection, document.Id)
                || HasContent(collection, ContentHash.Of(document.Original.Span)))
            .ToArray();
        if (refused.Length == 0)
        {
            return change;
        }

        var keys = refused.Select(document => new SourceItemKey(document.Source, document.Path)).ToHashSet();
        return change with
        {
            Added = [.. change.Added.Except(refused)],
            Items = [.. change.Items.Where(item => !keys.Contains(item.Key))],
        };
    }
}
