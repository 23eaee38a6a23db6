using System.Text.Json;

namespace Terroir.Documents;

/// <summary>Something that is to be said of a file or a page: what was not done well, or what to do about it. It is
/// put into words where it is shown, in the language of whom it is shown to.</summary>
/// <param name="Code">What is said.</param>
/// <param name="Values">What it is said with, such as a number or page ranges, as the code tells; never content of the
/// file. Where the words depend on how many there are, the last value is the count.</param>
/// <remarks>Immutable. Equal codes with equal values are equal.</remarks>
public sealed record Remark(RemarkCode Code, params IReadOnlyList<string> Values)
{
    private const string JsonStart = "[[\"";

    /// <summary>Makes a remark of a sentence that is in words already, in English.</summary>
    /// <param name="sentence">The sentence.</param>
    /// <returns>The remark.</returns>
    public static Remark Said(string sentence) => new(RemarkCode.Said, sentence);

    /// <summary>Writes remarks on one line for a store; equal remarks are equal texts.</summary>
    /// <param name="remarks">The remarks.</param>
    /// <returns>A JSON array with an array for each remark: its code, then its values.</returns>
    public static string ToJson(IReadOnlyList<Remark> remarks)
    {
        ArgumentNullException.ThrowIfNull(remarks);
        return JsonSerializer.Serialize(
            remarks.Select(remark => (string[])[remark.Code.ToString(), .. remark.Values]).ToArray(),
            CatalogJson.Default.StringArrayArray);
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="text">The text. Sites older than remarks stored a sentence here: it is taken as it stands, and so
    /// is a code of a newer version.</param>
    /// <returns>The remarks.</returns>
    public static IReadOnlyList<Remark> FromJson(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.StartsWith(JsonStart, StringComparison.Ordinal))
        {
            return text is "" or "[]" ? [] : [Said(text)];
        }

        try
        {
            return [.. JsonSerializer.Deserialize(text, CatalogJson.Default.StringArrayArray)!.Select(Read)];
        }
        catch (JsonException)
        {
            return [Said(text)];
        }
    }

    /// <summary>Reads texts that are each what <see cref="ToJson"/> wrote.</summary>
    /// <param name="texts">The texts; sentences of older sites are taken as they stand.</param>
    /// <returns>The remarks.</returns>
    public static IReadOnlyList<Remark> FromEach(IEnumerable<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return [.. texts.SelectMany(FromJson)];
    }

    /// <inheritdoc/>
    public bool Equals(Remark? other) => other is not null && Code == other.Code
        && Values.SequenceEqual(other.Values, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Code, Values.Count);

    private static Remark Read(string[] parts) =>
        parts is [var name, .. var values] && Enum.TryParse<RemarkCode>(name, out var code) && Enum.IsDefined(code)
            ? new Remark(code, values)
            : Said(string.Join(' ', parts));
}
