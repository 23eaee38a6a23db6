using System.Text;
using Terroir.Documents;

namespace Terroir.Ingestion.Text;

/// <summary>The lines in which a document speaks of itself: those of its head and of its tail.</summary>
internal static class NearLines
{
    /// <summary>So much of the beginning is looked at, in bytes of canonical text.</summary>
    internal const int HeadSizeMaxBytes = 8_000;

    /// <summary>And so much of the end.</summary>
    internal const int TailSizeMaxBytes = 4_000;

    /// <summary>Lists the lines of paragraphs and headings, without the marks before them.</summary>
    /// <param name="text">The canonical text.</param>
    /// <returns>For each line the number of its piece.</returns>
    public static IEnumerable<(int Span, string Line)> Of(CanonicalText text)
    {
        foreach (var (number, span) in text.Spans.Index())
        {
            var isNear = span.Start < HeadSizeMaxBytes || span.End > text.Bytes.Length - TailSizeMaxBytes;
            if (!isNear || span.Kind is not (SpanKind.Text or SpanKind.Heading) || span.Block is CodeBlock)
            {
                continue;
            }

            var size = Math.Min(span.End - span.Start, HeadSizeMaxBytes);
            foreach (var line in Encoding.UTF8.GetString(text.Bytes.AsSpan(span.Start, size)).Split('\n'))
            {
                yield return (number, line.TrimStart('#', ' ', '*', '(', '_'));
            }
        }
    }
}
