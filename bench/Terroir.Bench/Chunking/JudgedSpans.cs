using System.Globalization;
using System.Text.Json;
using CsvHelper;

namespace Terroir.Bench.Chunking;

/// <summary>The texts and questions of <c>shared/data/docs/chunking-evaluation</c>.</summary>
/// <param name="Texts">The texts by name, their line ends as in the file.</param>
/// <param name="Questions">The questions.</param>
internal sealed record JudgedSpans(
    IReadOnlyDictionary<string, string> Texts,
    IReadOnlyList<SpanQuestion> Questions)
{
    /// <summary>Reads the set.</summary>
    /// <exception cref="DirectoryNotFoundException">It is not there.</exception>
    public static JudgedSpans Read()
    {
        var folder = Path.Combine(JudgedSet.Find("docs"), "chunking-evaluation");
        var texts = Directory.EnumerateFiles(folder, "*.md").Order(StringComparer.Ordinal).ToDictionary(
            file => Path.GetFileNameWithoutExtension(file),
            File.ReadAllText,
            StringComparer.Ordinal);
        using var reader = new CsvReader(
            new StreamReader(Path.Combine(folder, "questions.csv")),
            CultureInfo.InvariantCulture);
        var questions = new List<SpanQuestion>();
        reader.Read();
        reader.ReadHeader();
        while (reader.Read())
        {
            using var references = JsonDocument.Parse(reader.GetField("references")!);
            questions.Add(new SpanQuestion(
                reader.GetField("question")!,
                reader.GetField("corpus_id")!,
                [
                    .. references.RootElement.EnumerateArray().Select(item => new CharacterRange(
                        item.GetProperty("start_index").GetInt32(),
                        item.GetProperty("end_index").GetInt32())),
                ]));
        }

        return new JudgedSpans(texts, questions);
    }
}

/// <summary>A question with the characters that answer it.</summary>
internal sealed record SpanQuestion(string Text, string Corpus, IReadOnlyList<CharacterRange> References);
