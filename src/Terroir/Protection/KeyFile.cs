using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Terroir.Protection;

/// <summary>A wrapped key as it is kept. The format is <c>docs/formats/keys.md</c>.</summary>
internal sealed record KeyFile
{
    /// <summary>The version that is written and read.</summary>
    public const int FormatWritten = 1;

    private const string ObjectsUse = "objects";

    /// <summary>The version of the format.</summary>
    public int Format { get; init; }

    /// <summary>The id of the key.</summary>
    public required string Id { get; init; }

    /// <summary>The name of the collection.</summary>
    public required string Collection { get; init; }

    /// <summary>When the key was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What unwraps it.</summary>
    public required KeyWrapping Wrapping { get; init; }

    /// <summary>What it seals: <c>objects</c>; absent for a key of documents.</summary>
    public string? Use { get; init; }

    /// <summary>The wrapped tree.</summary>
    public required byte[] Wrapped { get; init; }

    private bool IsValid => Format == FormatWritten
        && CollectionId.IsValid(Collection)
        && Use is null or ObjectsUse
        && Id.Length == 2 * SealedStream.KeyIdSizeBytes
        && Id.All(char.IsAsciiHexDigitLower);

    /// <summary>Reads the files of an exported ring.</summary>
    /// <returns>The files, or <see langword="null"/> if they are none.</returns>
    public static IReadOnlyList<KeyFile>? ReadAll(ReadOnlySpan<byte> json) =>
        KeyFileJson.TryRead(json, KeyFileJson.Default.KeyFileArray) is { } files
        && files.All(file => file is { IsValid: true })
            ? files
            : null;

    /// <summary>Writes files for an exported ring.</summary>
    public static byte[] WriteAll(IEnumerable<KeyFile> files) =>
        JsonSerializer.SerializeToUtf8Bytes([.. files], KeyFileJson.Default.KeyFileArray);

    /// <summary>What it seals.</summary>
    public KeyUse ToUse() => Use is null ? KeyUse.Documents : KeyUse.Objects;

    /// <summary>Whether it is a key of a collection.</summary>
    public bool IsOf(CollectionId collection) => new CollectionId(Collection) == collection;

    // Bound to the secret, so that no key can be passed off as another's.
    private byte[] Context => Encoding.UTF8.GetBytes(
        $"terroir key {FormatWritten} {Id} {Collection}{(Use is null ? "" : $" {Use}")}");

    /// <summary>Wraps a key.</summary>
    public static KeyFile Wrap(CollectionKey key, KeyProtector protector)
    {
        var file = new KeyFile
        {
            Format = FormatWritten,
            Id = key.Id,
            Collection = key.Collection.Value,
            CreatedAt = key.CreatedAt,
            Use = key.Use is KeyUse.Objects ? ObjectsUse : null,
            Wrapping = protector.Wrapping,
            Wrapped = [],
        };
        return file with { Wrapped = protector.Wrap(key.Tree.Write(), file.Context) };
    }

    /// <summary>Reads a file.</summary>
    /// <returns>The file, or <see langword="null"/> if it is none of this format.</returns>
    public static KeyFile? Read(ReadOnlySpan<byte> json) =>
        KeyFileJson.TryRead(json, KeyFileJson.Default.KeyFile) is { IsValid: true } file ? file : null;

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, KeyFileJson.Default.KeyFile);

    /// <summary>Unwraps the key.</summary>
    /// <returns>The key, or <see langword="null"/> if the protector is not what wrapped it.</returns>
    public CollectionKey? Unwrap(KeyProtector protector) =>
        protector.Unwrap(Wrapping, Wrapped, Context) is { } content && KeyTree.Read(content) is { } tree
            ? new CollectionKey(Id, new CollectionId(Collection), CreatedAt, tree, ToUse())
            : null;
}

/// <summary>How key files are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    WriteIndented = true)]
[JsonSerializable(typeof(KeyFile))]
[JsonSerializable(typeof(KeyFile[]))]
[JsonSerializable(typeof(WrappedSecret))]
internal sealed partial class KeyFileJson : JsonSerializerContext
{
    /// <summary>Reads JSON that anybody may have written.</summary>
    /// <returns>What it says, or <see langword="null"/> if it is something else.</returns>
    public static T? TryRead<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
