using System.Collections.ObjectModel;
using System.Text.Json;

namespace Terroir.Storage;

/// <summary>The settings of a source as one text: a JSON object with its names in ordinal order.</summary>
public static class SourceSettingsText
{
    /// <summary>Writes settings.</summary>
    /// <param name="settings">The settings, or <see langword="null"/>.</param>
    /// <returns>The text; <see langword="null"/> if there are none.</returns>
    public static string? Write(IReadOnlyDictionary<string, string>? settings) => settings is null or { Count: 0 }
        ? null
        : JsonSerializer.Serialize(
            new SortedDictionary<string, string>(settings.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal),
            CatalogJson.Default.SortedDictionaryStringString);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="text">The text, or <see langword="null"/>.</param>
    /// <returns>The settings in ordinal order of their names; <see langword="null"/> if there are none.</returns>
    /// <exception cref="JsonException">The text is something else.</exception>
    public static IReadOnlyDictionary<string, string>? Read(string? text) => text is null
        ? null
        : new ReadOnlyDictionary<string, string>(new SortedDictionary<string, string>(
            JsonSerializer.Deserialize(text, CatalogJson.Default.SortedDictionaryStringString)!,
            StringComparer.Ordinal));
}
