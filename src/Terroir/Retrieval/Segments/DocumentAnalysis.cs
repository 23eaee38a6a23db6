using System.Runtime.InteropServices;
using System.Text;
using Terroir.Catalog;
using Terroir.Documents;
using Terroir.Retrieval.Text;
using Terroir.Retrieval.Vocabulary;

namespace Terroir.Retrieval.Segments;

/// <summary>Turns a document into the terms of its passages.</summary>
internal static class DocumentAnalysis
{
    /// <summary>Analyses a document; calls on different documents may run at once.</summary>
    public static AnalyzedDocument Analyze(SegmentDocument document)
    {
        var texts = document.Passages
            .Select(passage => Encoding.UTF8.GetString(document.Text.Span[passage.Start..passage.End]))
            .ToArray();
        var passages = document.Passages.Zip(texts, (passage, text) => Analyze(document, passage, text)).ToArray();
        foreach (var (number, block) in BlockTerms.Edges(texts))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(passages[number].Terms, block, out _).Body++;
        }

        var chain = TextAnalysis.ChainOf(document.Passages.Count > 0 ? document.Passages[0].Language : "");
        var title = TextAnalysis.Analyze(document.Title, chain).Count;
        return new AnalyzedDocument(document.Id, passages, passages.Sum(passage => passage.Length) + title);
    }

    private static AnalyzedPassage Analyze(SegmentDocument document, Passage passage, string text)
    {
        var chain = TextAnalysis.ChainOf(passage.Language);
        var body = TextAnalysis.Analyze(text, chain);
        var terms = new Dictionary<string, TermCount>(body.Count, StringComparer.Ordinal);
        foreach (var token in body)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(terms, token.Term, out _).Body++;
        }

        // Beside the words and not among them: they add nothing to the length of the passage.
        foreach (var name in AcronymTerms.Of(text, chain).Concat(IdentifierFinder.Find(text).Select(id => id.Term)))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(terms, name, out _).Body++;
        }

        foreach (var context in passage.Headings.Prepend(document.Title).Concat(Columns(document, passage)))
        {
            foreach (var token in TextAnalysis.Analyze(context, chain).Concat(IdentifierFinder.Find(context)))
            {
                CollectionsMarshal.GetValueRefOrAddDefault(terms, token.Term, out _).Context++;
            }
        }

        return new AnalyzedPassage(terms, body.Count);
    }

    // The names of the columns of a table that began before the passage.
    private static IEnumerable<string> Columns(SegmentDocument document, Passage passage) =>
        (passage.Tables ?? [])
            .Where(table => table.HasNames && table.HeaderEnd <= passage.Start)
            .Select(table => Encoding.UTF8.GetString(document.Text.Span[table.HeaderStart..table.HeaderEnd]));
}

/// <summary>A document's terms.</summary>
internal sealed record AnalyzedDocument(DocumentId Id, IReadOnlyList<AnalyzedPassage> Passages, int Length);

/// <summary>A passage's terms.</summary>
internal sealed record AnalyzedPassage(Dictionary<string, TermCount> Terms, int Length);

/// <summary>How often a term stands in a passage's text, and in its title and headings.</summary>
[StructLayout(LayoutKind.Auto)]
internal record struct TermCount(int Body, int Context);
