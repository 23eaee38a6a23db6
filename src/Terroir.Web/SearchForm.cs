using System.Globalization;
using Terroir.Retrieval;

namespace Terroir.Web;

/// <summary>What the search page was asked.</summary>
/// <param name="Query">The words, with signs.</param>
/// <param name="Type">The kind of file; empty for any.</param>
/// <param name="Label">The classification; empty for any.</param>
/// <param name="From">The first day of the last change, as the form has it; empty for any.</param>
/// <param name="Until">The last day of the last change; empty for any.</param>
public sealed record SearchForm(string Query, string Type, string Label, string From, string Until)
{
    /// <summary>Whether any filter is set.</summary>
    public bool HasFilter => Type.Length + Label.Length + From.Length + Until.Length > 0;

    /// <summary>The parameters of its address.</summary>
    public (string Name, string Value)[] Parameters =>
        [("q", Query), ("type", Type), ("label", Label), ("from", From), ("until", Until)];

    /// <summary>Reads a day as a form sends it.</summary>
    /// <param name="text">Such as <c>2026-11-26</c>; empty for none.</param>
    /// <param name="day">The day, or <see langword="null"/> for none.</param>
    /// <returns>Whether it is a day or none.</returns>
    public static bool TryReadDay(string text, out DateOnly? day)
    {
        var isDay = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, default, out var read);
        day = isDay ? read : null;
        return isDay || string.IsNullOrEmpty(text);
    }
}

/// <summary>What a search found, for its page.</summary>
/// <param name="Hits">One for each document, best first.</param>
/// <param name="Suggestion">The query as it was probably meant.</param>
/// <param name="IsFull">Whether there may be more.</param>
public sealed record SearchOutcome(IReadOnlyList<PassageHit> Hits, string? Suggestion, bool IsFull);
