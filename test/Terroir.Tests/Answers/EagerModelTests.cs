using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;
using Terroir.Access;
using Terroir.Answers;
using Terroir.Answers.Sections;
using Terroir.Models;
using Terroir.Tests.Models;

namespace Terroir.Tests.Answers;

/// <summary>The judged questions of the sample, asked of a model that never gives up: it repeats the sentence that
/// shares most words with the question, with its right number.</summary>
public sealed partial class EagerModelTests : IAsyncLifetime
{
    private readonly TestSite _site = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string Samples { get; } = Path.Combine(FindRoot(AppContext.BaseDirectory), "samples", "chu-valmont");

    public async ValueTask InitializeAsync()
    {
        var documents = Path.Combine(Samples, "documents");
        foreach (var file in Directory.EnumerateFiles(documents, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_site.Source.Path, Path.GetRelativePath(documents, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        await _site.AddSourceAsync();
        await _site.SyncAsync();
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_true_sentence_that_is_no_answer_is_not_shown()
    {
        using var model = new ScriptedModel(prompt => [Repeat(prompt)]);
        var answerer = new CitedAnswerer(
            _site.Retriever,
            new GenerativeComposer(
                model,
                new ModelsOptions { Model = "petit" },
                new SectionReading(_site.Catalog),
                NullLogger<GenerativeComposer>.Instance),
            _site.Catalog);
        var people = SiteDirectory.Parse(
            await File.ReadAllTextAsync(Path.Combine(Samples, "site", "directory.yaml"), Stop));
        var (refusable, refused, answerable, answered) = (0, 0, 0, 0);
        foreach (var file in Directory.EnumerateFiles(Samples, "questions*.jsonl"))
        {
            foreach (var line in await File.ReadAllLinesAsync(file, Stop))
            {
                using var json = JsonDocument.Parse(line);
                var question = json.RootElement;
                var answer = await answerer.AskAsync(
                    new AskRequest
                    {
                        Question = question.GetProperty("question").GetString()!,
                        Asker = people.Find(question.GetProperty("as").GetString()!)!,
                        Language = question.GetProperty("language").GetString()!,
                    },
                    Stop);
                var mustRefuse = question.GetProperty("refused").GetBoolean();
                refusable += mustRefuse ? 1 : 0;
                refused += mustRefuse && answer.IsRefused ? 1 : 0;
                answerable += mustRefuse ? 0 : 1;
                answered += !mustRefuse && IsFrom(question, answer) ? 1 : 0;
            }
        }

        Assert.InRange(refused / (double)refusable, 0.9, 1);
        Assert.InRange(answered / (double)answerable, 0.7, 1);
    }

    private static bool IsFrom(JsonElement question, Answer answer) => question.GetProperty("documents")
        .EnumerateArray()
        .Any(document => answer.Citations.Any(citation => document.ValueEquals(citation.Path)));

    private static string Repeat(string prompt)
    {
        var asked = Words(prompt[prompt.LastIndexOf("Question", StringComparison.Ordinal)..]);
        var said = from Match passage in Passage().Matches(prompt)
                   from sentence in Label().Replace(passage.Groups["text"].Value, "").Split('\n')
                       .SelectMany(line => line.Split(". "))
                   where sentence.Length > 20
                   orderby Words(sentence).Count(asked.Contains) descending
                   select $"{sentence.Trim('-', '.', ' ')} [{passage.Groups["number"].Value}].";
        return said.FirstOrDefault("Pas de réponse.");
    }

    private static HashSet<string> Words(string text) =>
        [.. Word().Matches(text.ToLowerInvariant()).Select(match => match.Value)];

    private static string FindRoot(string folder) =>
        File.Exists(Path.Combine(folder, "Terroir.slnx")) ? folder : FindRoot(Path.GetDirectoryName(folder)!);

    [GeneratedRegex(
        @"<passage-\w+ n=""(?<number>\d+)"">\n(?<text>.*?)\n</passage-",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        1_000)]
    private static partial Regex Passage();

    [GeneratedRegex(@"^(?:Titre|Title|Section) ?: .*$", RegexOptions.Multiline, 1_000)]
    private static partial Regex Label();

    [GeneratedRegex(@"\w{4,}", RegexOptions.None, 1_000)]
    private static partial Regex Word();
}
