using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Terroir.Documents;
using Terroir.Storage;

namespace Terroir.Retrieval.Encoders;

/// <summary>What an encoder reads of a passage, and what tells that it would read the same again.</summary>
internal static class EmbeddedText
{
    /// <summary>The text of a passage under its title and headings, as a person sees it.</summary>
    /// <param name="title">The title of the document.</param>
    /// <param name="passage">The passage.</param>
    /// <param name="text">Its own text.</param>
    public static string Of(string title, Passage passage, string text) =>
        $"{string.Join(" > ", passage.Headings.Prepend(title))}\n{text}";

    /// <summary>What vectors of a document are made from: its title, text and passages. Equal keys mean equal
    /// vectors.</summary>
    /// <returns>The first half of a SHA-256.</returns>
    public static UInt128 KeyOf(DocumentVersion document)
    {
        var read = $"{document.Text.Hash} {document.Passages.Hash} {document.Title}";
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(read), digest);
        return BinaryPrimitives.ReadUInt128BigEndian(digest);
    }

    /// <summary>What orders equal vectors: what they were made from and for which document, never when.</summary>
    public static ulong KeyOf(UInt128 document, UInt128 content, int ordinal)
    {
        Span<byte> about = stackalloc byte[(2 * 16) + sizeof(int)];
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteUInt128BigEndian(about, content);
        BinaryPrimitives.WriteUInt128BigEndian(about[16..], document);
        BinaryPrimitives.WriteInt32BigEndian(about[32..], ordinal);
        SHA256.HashData(about, digest);
        return BinaryPrimitives.ReadUInt64BigEndian(digest);
    }
}
