using System.Globalization;
using System.Text.Json;

namespace Terroir.Bench;

/// <summary>A judged collection of <c>shared/data</c>: documents, questions and which documents answer them.</summary>
internal sealed class JudgedSet
{
    private JudgedSet(string folder)
    {
        Name = Path.GetFileName(folder);
        IsEnglish = Name.EndsWith("-en", StringComparison.Ordinal);
        Documents = [.. File.ReadLines(Path.Combine(folder, "corpus.jsonl")).Select(ReadDocument)];
        var grades = File.ReadLines(Path.Combine(folder, "qrels.tsv")).Select(line => line.Split('\t'))
            .Where(parts => parts.Length == 3)
            .Select(parts => (
                Query: parts[0],
                Document: parts[1],
                HasGrade: int.TryParse(parts[2], CultureInfo.InvariantCulture, out var grade),
                Grade: grade))
            .Where(item => item.HasGrade)
            .ToLookup(item => item.Query, StringComparer.Ordinal);
        Queries =
        [
            .. File.ReadLines(Path.Combine(folder, "queries.jsonl")).Select(ReadQuery)
                .Where(query => grades.Contains(query.Id))
                .Select(query => new JudgedQuery(
                    query.Text,
                    grades[query.Id].ToDictionary(item => item.Document, item => item.Grade, StringComparer.Ordinal))),
        ];
    }

    public string Name { get; }

    /// <summary>Whether it is in English; else it is in French.</summary>
    public bool IsEnglish { get; }

    public IReadOnlyList<JudgedDocument> Documents { get; }

    public IReadOnlyList<JudgedQuery> Queries { get; }

    /// <summary>Reads a collection.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static JudgedSet Read(string name) => new(Find(name));

    /// <summary>Finds <c>shared/data/NAME</c> beside the repository.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static string Find(string name)
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var data = Path.Combine(folder, "shared", "data", name);
            if (Directory.Exists(data))
            {
                return data;
            }
        }

        throw new DirectoryNotFoundException($"shared/data/{name} is not beside the repository.");
    }

    /// <summary>Writes each document as a text file that everyone may read.</summary>
    /// <returns>The size of the files in bytes.</returns>
    public long WriteFiles(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "permissions.yaml"), "allow: [everyone]\n");
        long size = 0;
        foreach (var document in Documents)
        {
            var file = new FileInfo(Path.Combine(folder, $"{document.Id}.md"));
            File.WriteAllText(file.FullName, $"# {document.Title}\n\n{document.Text}\n");
            size += file.Length;
        }

        return size;
    }

    private static JudgedDocument ReadDocument(string line)
    {
        using var json = JsonDocument.Parse(line);
        return new JudgedDocument(
            json.RootElement.GetProperty("id").GetString()!,
            json.RootElement.GetProperty("title").GetString()!,
            json.RootElement.GetProperty("text").GetString()!);
    }

    private static (string Id, string Text) ReadQuery(string line)
    {
        using var json = JsonDocument.Parse(line);
        return (json.RootElement.GetProperty("id").GetString()!, json.RootElement.GetProperty("text").GetString()!);
    }
}

/// <summary>A document.</summary>
internal sealed record JudgedDocument(string Id, string Title, string Text);

/// <summary>A question with the grades of the documents that answer it.</summary>
internal sealed record JudgedQuery(string Text, IReadOnlyDictionary<string, int> Grades);
