using System.Text.Json;
using System.Text.Json.Serialization;

namespace Terroir.Documents;

/// <summary>What was measured of a document before it was indexed, and what was decided then.</summary>
/// <remarks>Stored as JSON with the document's version, or with the file in quarantine. The grades are a rule's view
/// of the evidence at one time; the evidence stays true, so that grades can be made anew without reading the file.
/// Immutable.</remarks>
public sealed record DocumentQuality
{
    /// <summary>The grades when it was read, a letter for each axis in the order of <see cref="QualityAxis"/>; <c>-</c>
    /// where an axis could not be judged then.</summary>
    public required string Grades { get; init; }

    /// <summary>The overall grade when it was read.</summary>
    public required QualityGrade Overall { get; init; }

    /// <summary>What was decided.</summary>
    public required QualityVerdict Verdict { get; init; }

    /// <summary>The measures by their code, such as <c>odd-characters</c>; see <c>docs/features/quality.md</c>.
    /// </summary>
    public required IReadOnlyDictionary<string, double> Evidence { get; init; }

    /// <summary>Reads a grade.</summary>
    /// <param name="axis">The axis.</param>
    /// <returns>The grade when it was read; <see langword="null"/> if the axis was not judged then.</returns>
    public QualityGrade? GradeOf(QualityAxis axis) =>
        (int)axis < Grades.Length && Grades[(int)axis] is >= 'A' and <= 'E' and var letter
            ? (QualityGrade)(letter - 'A')
            : null;

    /// <summary>Writes the record as JSON on one line; equal records are equal texts.</summary>
    /// <returns>The text.</returns>
    public string ToJson() => JsonSerializer.Serialize(this, CatalogJson.Default.DocumentQuality);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The text.</param>
    /// <returns>The record.</returns>
    /// <exception cref="JsonException">The text is something else.</exception>
    public static DocumentQuality FromJson(string json) =>
        JsonSerializer.Deserialize(json, CatalogJson.Default.DocumentQuality)
        ?? throw new JsonException("A quality is a JSON object.");

    /// <inheritdoc/>
    public bool Equals(DocumentQuality? other) => other is not null
        && string.Equals(ToJson(), other.ToJson(), StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => Grades.GetHashCode(StringComparison.Ordinal);
}

/// <summary>A grade. The names are stored; they do not change.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<QualityGrade>))]
public enum QualityGrade
{
    /// <summary>Nothing to do.</summary>
    A,

    /// <summary>Good, with something that could be better.</summary>
    B,

    /// <summary>Usable; worth a look.</summary>
    C,

    /// <summary>Poor: answers from it may be wrong or missed.</summary>
    D,

    /// <summary>Unfit.</summary>
    E,
}

/// <summary>What a grade is about. The order is stored; new ones come at the end.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<QualityAxis>))]
public enum QualityAxis
{
    /// <summary>Whether the text that was read is what the author wrote.</summary>
    Readability,

    /// <summary>Whether title, authors, date and language are stated.</summary>
    Metadata,

    /// <summary>Whether it is still of its time.</summary>
    Freshness,

    /// <summary>Whether it is the only one, or the newest, with this text.</summary>
    Duplication,

    /// <summary>Whether headings and tables let a passage be understood by itself.</summary>
    Structure,

    /// <summary>Whether it is known who should read it.</summary>
    Sensitivity,

    /// <summary>Whether it gives orders to a language model, or hides text.</summary>
    Poisoning,
}

/// <summary>What the gate decides. The names are stored; they do not change.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<QualityVerdict>))]
public enum QualityVerdict
{
    /// <summary>It is indexed.</summary>
    Index,

    /// <summary>It is indexed and listed as poor.</summary>
    Warn,

    /// <summary>It is not indexed: it stays in quarantine.</summary>
    Hold,

    /// <summary>It would be held, and a person let it through.</summary>
    Released,
}
