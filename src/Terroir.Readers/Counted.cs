using System.Globalization;
using Terroir.Documents;

namespace Terroir.Readers;

/// <summary>Remarks on things that were counted, and on pages.</summary>
internal static class Counted
{
    /// <summary>A remark on a number of things; none if there are none.</summary>
    public static IReadOnlyList<Remark> Of(RemarkCode code, int count) =>
        count == 0 ? [] : [new Remark(code, count.ToString(CultureInfo.InvariantCulture))];

    /// <summary>A remark on pages: their ranges, what else is to be said, and how many they are; none if there are
    /// none.</summary>
    /// <param name="code">What is said.</param>
    /// <param name="pages">The pages in order, from 1.</param>
    /// <param name="more">What stands between the ranges and the count.</param>
    public static IReadOnlyList<Remark> Pages(RemarkCode code, IReadOnlyList<int> pages, params string[] more) =>
        pages.Count == 0 ? [] : [OfPages(code, pages, more)];

    /// <summary>A remark on pages, of which there are some.</summary>
    public static Remark OfPages(RemarkCode code, IReadOnlyList<int> pages, params string[] more) =>
        new(code, [Ranges(pages), .. more, pages.Count.ToString(CultureInfo.InvariantCulture)]);

    /// <summary>Page numbers as ranges, such as <c>1-3, 7</c>.</summary>
    public static string Ranges(IReadOnlyList<int> pages)
    {
        var ranges = new List<string>();
        for (var start = 0; start < pages.Count;)
        {
            var end = start;
            while (end + 1 < pages.Count && pages[end + 1] == pages[end] + 1)
            {
                end++;
            }

            var first = pages[start].ToString(CultureInfo.InvariantCulture);
            ranges.Add(start == end ? first : string.Create(CultureInfo.InvariantCulture, $"{first}-{pages[end]}"));
            start = end + 1;
        }

        return string.Join(", ", ranges);
    }
}
