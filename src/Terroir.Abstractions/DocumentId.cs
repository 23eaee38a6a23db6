using System.Text;

namespace Terroir;

/// <summary>The stable identity of a document: a digest of its collection and source address.</summary>
/// <remarks>It reveals nothing of the address, so it may stand in manifests that outlive the document. <c>default</c>
/// is no document. A file that moves becomes another document.</remarks>
public readonly record struct DocumentId : IComparable<DocumentId>
{
    /// <summary>The length in hexadecimal digits: 128 bits.</summary>
    public const int HexLength = 32;

    private readonly string? _value;

    private DocumentId(string value) => _value = value;

    /// <summary>32 lower-case hexadecimal digits; empty for <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>Derives the identity of a document.</summary>
    /// <param name="collection">Its collection.</param>
    /// <param name="sourceUri">Its address, such as <c>folder:rh/conges.docx</c> or <c>folder:a.eml!/b.pdf</c>.</param>
    /// <returns>The first 128 bits of SHA-256 over both.</returns>
    public static DocumentId For(CollectionId collection, string sourceUri) =>
        new(ContentHash.Of(Encoding.UTF8.GetBytes($"{collection.Value}\n{sourceUri}")).Hex[..HexLength]);

    /// <summary>Reads an identity from its digits.</summary>
    /// <param name="value">32 lower-case hexadecimal digits.</param>
    /// <returns>The identity.</returns>
    /// <exception cref="FormatException"><paramref name="value"/> is anything else.</exception>
    public static DocumentId Parse(string value) =>
        TryParse(value, out var id) ? id : throw new FormatException("A document is named by 32 hexadecimal digits.");

    /// <summary>Reads an identity from its digits, without an exception.</summary>
    /// <param name="value">The digits, or anything else.</param>
    /// <param name="id">The identity; <c>default</c> when the result is <see langword="false"/>.</param>
    /// <returns>Whether <paramref name="value"/> was an identity.</returns>
    public static bool TryParse(string? value, out DocumentId id)
    {
        var isId = value is { Length: HexLength } && value.All(char.IsAsciiHexDigitLower);
        id = isId ? new DocumentId(value!) : default;
        return isId;
    }

    /// <inheritdoc/>
    public int CompareTo(DocumentId other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>Orders by the digits.</summary>
    public static bool operator <(DocumentId left, DocumentId right) => left.CompareTo(right) < 0;

    /// <summary>Orders by the digits.</summary>
    public static bool operator >(DocumentId left, DocumentId right) => left.CompareTo(right) > 0;

    /// <summary>Orders by the digits.</summary>
    public static bool operator <=(DocumentId left, DocumentId right) => left.CompareTo(right) <= 0;

    /// <summary>Orders by the digits.</summary>
    public static bool operator >=(DocumentId left, DocumentId right) => left.CompareTo(right) >= 0;

    /// <summary>Returns <see cref="Value"/>.</summary>
    public override string ToString() => Value;
}
