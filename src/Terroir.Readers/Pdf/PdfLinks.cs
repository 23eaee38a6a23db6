using System.Buffers;
using UglyToad.PdfPig.Actions;
using UglyToad.PdfPig.Annotations;
using UglyToad.PdfPig.Content;

namespace Terroir.Readers.Pdf;

/// <summary>Writes the target of a link behind its words, as <c>[words](target)</c>.</summary>
internal static class PdfLinks
{
    /// <summary>A page with more annotations than this is read without the rest of its links.</summary>
    private const int LinkCountMax = 500;

    private const int TargetLengthMax = 500;

    private static readonly SearchValues<char> NotInTargets = SearchValues.Create(" ()<>\n\r");

    private static readonly SearchValues<char> AddressSigns = SearchValues.Create("./@");

    public static void Mark(List<PdfWord> words, Page page, int turn)
    {
        foreach (var (annotation, target) in Links(page))
        {
            var (x1, y1) = Turned.Into(annotation.Rectangle.Left, annotation.Rectangle.Bottom, turn);
            var (x2, y2) = Turned.Into(annotation.Rectangle.Right, annotation.Rectangle.Top, turn);
            var box = new Documents.PageBox(Math.Min(x1, x2), Math.Min(y1, y2), Math.Max(x1, x2), Math.Max(y1, y2));
            var linked = words.Where(word => !word.IsTurned && word.IsIn(box)).OrderBy(word => word.Left).ToArray();
            var isOneLine = linked.Length > 0
                && linked.Max(word => word.Baseline) - linked.Min(word => word.Baseline) < 0.5 * linked[0].Size;
            if (!isOneLine || Says(string.Concat(linked.Select(word => word.Text)), target)
                || linked.Any(word => BidiOrder.HasRightToLeft(word.Text)))
            {
                continue;
            }

            linked[0].Text = "[" + linked[0].Text;
            linked[^1].Text += $"]({target})";
        }
    }

    // A broken annotation costs the links of its page alone.
    private static List<(Annotation Annotation, string Target)> Links(Page page)
    {
        var links = new List<(Annotation, string)>();
        try
        {
            foreach (var annotation in page.GetAnnotations().Take(LinkCountMax))
            {
                if (annotation.Type == AnnotationType.Link
                    && annotation.Action is UriAction { Uri: { Length: > 0 and < TargetLengthMax } target }
                    && IsWebOrMail(target))
                {
                    links.Add((annotation, target));
                }
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not OutOfMemoryException)
        {
            return links;
        }

        return links;
    }

    private static bool IsWebOrMail(string target) =>
        (target.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || target.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            || target.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
        && !target.AsSpan().ContainsAny(NotInTargets);

    // The words are the target itself, or a part of it.
    private static bool Says(string text, string target)
    {
        var shown = Plain(text);
        return shown.Length == 0
            || (text.AsSpan().ContainsAny(AddressSigns)
                && Plain(target).Contains(shown, StringComparison.OrdinalIgnoreCase));
    }

    private static string Plain(string text) => string.Concat(text.Where(char.IsLetterOrDigit));
}
