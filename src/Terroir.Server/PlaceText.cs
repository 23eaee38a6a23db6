using Terroir.Documents;

namespace Terroir.Server;

/// <summary>A place in words.</summary>
public static class PlaceText
{
    /// <summary>Says a place in French.</summary>
    /// <param name="place">The place.</param>
    /// <returns>Such as <c>page 3</c> or <c>feuille Tarifs, A2:E2</c>; empty for the whole file.</returns>
    public static string French(SourcePlace place) => place switch
    {
        { Page: { } page } => $"page {page}",
        { Sheet: { } sheet, Cells: { } cells } => $"feuille {sheet}, {cells}",
        { Sheet: { } sheet } => $"feuille {sheet}",
        { Slide: { } slide } => $"diapositive {slide}",
        { Paragraph: { } paragraph } => $"paragraphe {paragraph}",
        { Line: { } line } => $"ligne {line}",
        _ => "",
    };
}
