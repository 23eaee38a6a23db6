using System.Globalization;
using Spectre.Console;
using Terroir.Retrieval;

namespace Terroir.Cli.Output;

/// <summary>Why a hit is where it is, as a table.</summary>
internal static class ExplanationTable
{
    public static Table Draw(HitExplanation explanation)
    {
        var parts = explanation.Parts.Select(part => string.Create(
            CultureInfo.InvariantCulture,
            $"{part.Name} {part.Value:+0.000;-0.000}"));
        var size = string.Create(
            CultureInfo.InvariantCulture,
            $"{explanation.Length} terms, the mean of {explanation.DocumentCount} is {explanation.MeanLength:0}");
        var table = Terminal.CreateTable(
            $"{string.Join(", ", parts)}; {size}",
            "term",
            "from",
            "documents",
            "weight",
            "in text",
            "in title, headings",
            "in passage",
            "document",
            "passage");
        foreach (var term in explanation.Terms)
        {
            table.AddRow(
                Terminal.Plain(term.Term),
                Terminal.Plain(term.Origin),
                Number(term.DocumentCount, "0"),
                Number(term.Weight, "0.000"),
                Number(term.Count, "0"),
                Number(term.ContextCount, "0"),
                Number(term.PassageCount, "0"),
                Number(term.Document, "+0.000;-0.000;0"),
                Number(term.Passage, "+0.000;-0.000;0"));
        }

        return table;
    }

    private static Text Number(double value, string format) =>
        Terminal.Plain(value.ToString(format, CultureInfo.InvariantCulture));
}
