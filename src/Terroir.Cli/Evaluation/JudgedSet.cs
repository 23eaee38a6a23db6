using System.Globalization;
using System.Text.Json;

namespace Terroir.Cli.Evaluation;

/// <summary>A judged collection as it is published: <c>corpus.jsonl</c>, <c>queries.jsonl</c>, <c>qrels.tsv</c>.
/// </summary>
internal sealed class JudgedSet
{
    private const string Corpus = "corpus.jsonl";
    private const string QueryFile = "queries.jsonl";
    private const string GradeFile = "qrels.tsv";

    private readonly string _folder;

    private JudgedSet(string folder) => _folder = folder;

    /// <summary>The name of the folder.</summary>
    public string Name => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(_folder)));

    /// <summary>Opens a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="hasCorpus">Whether it must hold documents.</param>
    /// <returns>The set, or the name of a file that is not there.</returns>
    public static (JudgedSet? Set, string? Missing) Open(string folder, bool hasCorpus = true)
    {
        string[] names = hasCorpus ? [Corpus, QueryFile, GradeFile] : [QueryFile, GradeFile];
        var missing = Array.Find(names, name => !File.Exists(Path.Combine(folder, name)));
        return missing is null ? (new JudgedSet(folder), null) : (null, missing);
    }

    /// <summary>How many documents there are.</summary>
    public int CountDocuments() => File.ReadLines(Path.Combine(_folder, Corpus)).Count(line => line.Length > 0);

    /// <summary>The lines of the documents with their numbers, from 1; <see cref="ReadDocument"/> reads one.</summary>
    public IEnumerable<(int Number, string Line)> DocumentLines() => Lines(Corpus);

    /// <summary>Reads a document.</summary>
    /// <exception cref="FormatException">The line is none.</exception>
    public static (string Id, string Title, string Text) ReadDocument(int number, string line) =>
        Read(Corpus, number, line, json => (Text(json, "id"), Text(json, "title"), Text(json, "text")));

    /// <summary>Reads the queries.</summary>
    /// <exception cref="FormatException">A line is none.</exception>
    public IEnumerable<(string Id, string Text)> ReadQueries() => Lines(QueryFile)
        .Select(item => Read(QueryFile, item.Number, item.Line, json => (Text(json, "id"), Text(json, "text"))));

    /// <summary>Reads the grades of documents, by query; a first line of names is left out.</summary>
    /// <exception cref="FormatException">A line is no judgement.</exception>
    public Dictionary<string, Dictionary<string, int>> ReadGrades()
    {
        var grades = new Dictionary<string, Dictionary<string, int>>(StringComparer.Ordinal);
        foreach (var (number, line) in Lines(GradeFile))
        {
            var parts = line.Split('\t');
            if (parts.Length == 3 && int.TryParse(parts[2], CultureInfo.InvariantCulture, out var grade))
            {
                grades.TryAdd(parts[0], new Dictionary<string, int>(StringComparer.Ordinal));
                grades[parts[0]][parts[1]] = grade;
            }
            else if (number > 1)
            {
                throw new FormatException($"{GradeFile}, line {number}: a line is a query, a document and a grade.");
            }
        }

        return grades;
    }

    private IEnumerable<(int Number, string Line)> Lines(string name) => File.ReadLines(Path.Combine(_folder, name))
        .Select((line, index) => (Number: index + 1, Line: line))
        .Where(item => item.Line.Length > 0);

    private static T Read<T>(string file, int number, string line, Func<JsonElement, T> read)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return read(json.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException
            or InvalidOperationException)
        {
            throw new FormatException(
                $"{file}, line {number}: it is no JSON object with the texts that are needed.",
                exception);
        }
    }

    private static string Text(JsonElement json, string name) =>
        json.GetProperty(name).GetString() ?? throw new KeyNotFoundException(name);
}
