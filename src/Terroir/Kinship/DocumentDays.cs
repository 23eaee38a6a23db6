using Terroir.Storage;

namespace Terroir.Kinship;

/// <summary>Whether documents hold on a day, as they say themselves.</summary>
internal static class DocumentDays
{
    /// <summary>Whether a document says that it does not hold on a day.</summary>
    /// <param name="document">The document.</param>
    /// <param name="day">The day; without one every document holds.</param>
    public static bool IsOut(DocumentVersion document, DateOnly? day) =>
        document.ValidFrom > day || document.ValidUntil < day;
}
