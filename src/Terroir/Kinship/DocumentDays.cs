using Terroir.Storage;

namespace Terroir.Kinship;

/// <summary>Whether documents hold on a day, as they say themselves.</summary>
internal static class DocumentDays
{
    /// <summary>Whether a document says that it does not hold on a day.</summary>
    /// <param name="document">The document.</param>
    /// <param name="day">The day; without one every document holds.</param>
    public static bool IsOut(DocumentVersion document, DateOnly? day) =>
        IsOut(document.ValidFrom, document.ValidUntil, day);

    /// <summary>Whether a day is outside of the days on which something holds.</summary>
    /// <param name="from">The first day, or <see langword="null"/>.</param>
    /// <param name="until">The last day, or <see langword="null"/>.</param>
    /// <param name="day">The day; none is outside.</param>
    public static bool IsOut(DateOnly? from, DateOnly? until, DateOnly? day) => from > day || until < day;
}
