using System.Text;
using Terroir.Documents;
using Terroir.Ingestion;
using Terroir.Readers;

namespace Terroir.Bench.Chunking;

/// <summary>A chunk of a text.</summary>
/// <param name="Corpus">The text's name.</param>
/// <param name="Range">Its characters in the text.</param>
/// <param name="Headings">What is indexed with it.</param>
internal sealed record Chunk(string Corpus, CharacterRange Range, IReadOnlyList<string> Headings)
{
    /// <summary>Cuts texts by the recursive splitter.</summary>
    public static IReadOnlyList<Chunk> Recursive(JudgedSpans set, int size, Func<string, int> measure)
    {
        var splitter = new RecursiveSplitter(size, measure);
        return
        [
            .. set.Texts.SelectMany(text =>
                splitter.Split(text.Value).Select(range => new Chunk(text.Key, range, []))),
        ];
    }

    /// <summary>Cuts texts as the product does: read as plain text, prepared, cut into passages.</summary>
    public static async Task<IReadOnlyList<Chunk>> PassagesAsync(JudgedSpans set, CancellationToken cancellationToken)
    {
        var chunks = new List<Chunk>();
        var readers = new FormatReaders();
        foreach (var (name, text) in set.Texts)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            var outcome = await readers.ReadAsync(bytes, $"{name}.txt", ReadLimits.Default, cancellationToken);
            var file = new SourceFile(
                new CollectionId("bench"),
                "bench",
                name,
                DateTimeOffset.UnixEpoch,
                AccessList.Nobody,
                "");
            var prepared = DocumentPreparer.Prepare(file, ((Extracted)outcome).Document, bytes)!;
            var canonical = Encoding.UTF8.GetString(prepared.Text.Span);
            var places = Alignment.Of(canonical, text);
            chunks.AddRange(prepared.Passages.Select(passage =>
            {
                var start = Encoding.UTF8.GetCharCount(prepared.Text.Span[..passage.Start]);
                var length = Encoding.UTF8.GetCharCount(prepared.Text.Span[passage.Start..passage.End]);
                var range = new CharacterRange(places[start], places[start + length - 1] + 1);
                return new Chunk(name, range, passage.Headings);
            }));
        }

        return chunks;
    }
}
