using System.Text.Json;
using System.Text.Json.Serialization;

namespace Terroir.Protection.Vault;

/// <summary>One case as it is stored: which pseudonyms there are is open, what they stand for is sealed.</summary>
/// <param name="Format">The version of the format.</param>
/// <param name="Entries">The pseudonyms.</param>
internal sealed record VaultFile(int Format, IReadOnlyList<VaultFileEntry> Entries)
{
    /// <summary>The version that is written.</summary>
    public const int Version = 1;

    /// <summary>Reads a file.</summary>
    /// <returns><see langword="null"/> if it is none of this version.</returns>
    public static VaultFile? Read(ReadOnlySpan<byte> content)
    {
        try
        {
            var file = JsonSerializer.Deserialize(content, VaultJson.Default.VaultFile);
            return file is { Format: Version, Entries: not null } ? file : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes the file.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, VaultJson.Default.VaultFile);
}

/// <summary>A pseudonym in a file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Collection">The collection under whose key the value is sealed.</param>
/// <param name="Document">The document whose leaf of that key it is.</param>
/// <param name="IsOfDocument">Whether it is a real document, and not a leaf of the vault's own key.</param>
/// <param name="Value">The sealed value.</param>
internal sealed record VaultFileEntry(
    string Name,
    CollectionId Collection,
    DocumentId Document,
    bool IsOfDocument,
    ReadOnlyMemory<byte> Value);

/// <summary>How a case is written. Generated: no reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(DocumentIdConverter), typeof(CollectionIdConverter)])]
[JsonSerializable(typeof(VaultFile))]
internal sealed partial class VaultJson : JsonSerializerContext;
