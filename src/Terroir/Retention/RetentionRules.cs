using System.Globalization;
using System.Runtime.InteropServices;
using Terroir.Storage;

namespace Terroir.Retention;

/// <summary>How long documents are kept: the rules of a site, the first that fits counts.</summary>
/// <param name="Rules">The rules in order.</param>
public sealed record RetentionRules(IReadOnlyList<RetentionRule> Rules)
{
    /// <summary>No rule: nothing must be kept, and nothing ends.</summary>
    public static RetentionRules None { get; } = new([]);

    /// <summary>Finds the rule of a document.</summary>
    /// <param name="collection">Its collection.</param>
    /// <param name="version">Its live version.</param>
    /// <returns>The rule, or <see langword="null"/>.</returns>
    public RetentionRule? Find(CollectionId collection, DocumentVersion version)
    {
        ArgumentNullException.ThrowIfNull(version);
        return Rules.FirstOrDefault(rule =>
            (rule.Collection is null || rule.Collection == collection)
            && (rule.Label is null || string.Equals(rule.Label, version.Label, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>Until when a document must be kept.</summary>
    /// <param name="collection">Its collection.</param>
    /// <param name="version">Its live version.</param>
    /// <returns>The time; <see langword="null"/> if it need not.</returns>
    public DateTimeOffset? KeepUntil(CollectionId collection, DocumentVersion version) =>
        Find(collection, version)?.KeepAtLeast is { } span ? span.After(StartOf(version)) : null;

    /// <summary>When the retention of a document ends.</summary>
    /// <param name="collection">Its collection.</param>
    /// <param name="version">Its live version.</param>
    /// <returns>The time; <see langword="null"/> if it does not.</returns>
    public DateTimeOffset? EndsAt(CollectionId collection, DocumentVersion version) =>
        Find(collection, version)?.KeepAtMost is { } span ? span.After(StartOf(version)) : null;

    /// <summary>From when the retention of a document is counted: what its original says it was last changed, or, where
    /// that is not known, when it was read.</summary>
    private static DateTimeOffset StartOf(DocumentVersion version) =>
        version.ModifiedAt == default ? version.IngestedAt : version.ModifiedAt;
}

/// <summary>How long some documents are kept.</summary>
public sealed record RetentionRule
{
    /// <summary>The name, for people.</summary>
    public required string Name { get; init; }

    /// <summary>The collection that it is about; <see langword="null"/> for all.</summary>
    public CollectionId? Collection { get; init; }

    /// <summary>The label that it is about; <see langword="null"/> for all.</summary>
    public string? Label { get; init; }

    /// <summary>For so long a document must be kept: an erasure is refused.</summary>
    public RetentionSpan? KeepAtLeast { get; init; }

    /// <summary>After so long its retention ends.</summary>
    public RetentionSpan? KeepAtMost { get; init; }

    /// <summary>What happens then.</summary>
    public RetentionAction Action { get; init; }
}

/// <summary>What happens when a retention ends.</summary>
public enum RetentionAction
{
    /// <summary>It is listed, and a person decides.</summary>
    Review,

    /// <summary>The document is erased.</summary>
    Erase,
}

/// <summary>A span of the calendar.</summary>
/// <param name="Years">Years.</param>
/// <param name="Months">Months.</param>
/// <param name="Days">Days.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct RetentionSpan(int Years, int Months, int Days)
{
    private const int YearsMax = 200;

    /// <summary>Reads a span such as <c>10y</c>, <c>18m</c> or <c>90d</c>.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The span, or <see langword="null"/> if it is none, or longer than 200 years.</returns>
    public static RetentionSpan? TryParse(string text)
    {
        if (text is not { Length: > 1 and <= 6 }
            || !int.TryParse(
                text.AsSpan(0, text.Length - 1),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var count))
        {
            return null;
        }

        return char.ToLowerInvariant(text[^1]) switch
        {
            'y' or 'a' when count <= YearsMax => new RetentionSpan(count, 0, 0),
            'm' when count <= YearsMax * 12 => new RetentionSpan(0, count, 0),
            'd' or 'j' when count <= YearsMax * 366 => new RetentionSpan(0, 0, count),
            _ => null,
        };
    }

    /// <summary>The time after a time, at most the last that there is.</summary>
    /// <param name="start">The time.</param>
    public DateTimeOffset After(DateTimeOffset start)
    {
        try
        {
            return start.AddYears(Years).AddMonths(Months).AddDays(Days);
        }
        catch (ArgumentOutOfRangeException)
        {
            return DateTimeOffset.MaxValue;
        }
    }
}
