using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Terroir.Sources;

namespace Terroir.Connectors.Sql;

/// <summary>A row, as texts by the names of its columns.</summary>
internal sealed class SqlRow(SqlSettings settings, IReadOnlyDictionary<string, string?> values)
{
    private const int IdLengthMax = 1_024;
    private const int TitleLengthMax = 500;

    /// <summary>The path, or <see langword="null"/> if the row has no id that can be one.</summary>
    public string? Path => Find(settings.Id) is { Length: > 0 and <= IdLengthMax } id ? ItemPath.TryFrom(id) : null;

    /// <summary>Whether the row is marked as deleted.</summary>
    public bool IsDeleted => Find(settings.Deleted) is not (null or "" or "0" or "f" or "false" or "no");

    /// <summary>Makes an item of the row.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="problem">What is wrong with its permissions, if anything: then nobody reads it.</param>
    public ListedItem ToItem(string path, out string? problem)
    {
        var name = Find(settings.FileName) is { Length: > 0 } told
            ? told[(told.LastIndexOfAny(['/', '\\']) + 1)..]
            : LastOf(path) + (settings.Template is null ? "" : settings.Extension);
        return new ListedItem
        {
            Path = path,
            Fingerprint = settings.Changed is { } changed ? $"changed {Find(changed)}" : Hash(),
            ModifiedAt = ReadTime(Find(settings.Changed)),
            Readers = RowReaders.Read(Find(settings.Allow), Find(settings.Deny), Find(settings.Label), out problem),
            FileName = name.Length > 0 ? name : null,
            Title = Find(settings.Title)?.Trim() is { Length: > 0 } title
                ? title[..Math.Min(title.Length, TitleLengthMax)]
                : null,
        };
    }

    /// <summary>Writes the template.</summary>
    public byte[] ToContent() => Encoding.UTF8.GetBytes(settings.Template!.Write(column => Find(column) ?? ""));

    private static DateTimeOffset ReadTime(string? text) => DateTimeOffset.TryParse(
        text,
        CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
        out var time) ? time : default;

    private static string LastOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    private string? Find(string? column) => column is null ? null : values[column];

    // Lengths part the values, so that no two rows are one text; nothing is another value than an empty text.
    private string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (column, value) in values.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(
                CultureInfo.InvariantCulture,
                $"{column.Length} {column} {value?.Length ?? -1} {value} ")));
        }

        return $"sha256 {Convert.ToHexStringLower(hash.GetHashAndReset())}";
    }
}
