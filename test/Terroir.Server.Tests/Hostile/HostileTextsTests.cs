using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Catalog;
using Terroir.Documents;
using Terroir.Ingestion;
using Terroir.Server.Tests.Models;

namespace Terroir.Server.Tests.Hostile;

/// <summary>320 documents give orders to a model that obeys: nothing leaves, nothing comes to life, and no document is
/// cited that the asker may not read.</summary>
public sealed class HostileTextsTests
{
    // The console is asked about every so many of the documents.
    private const int ConsoleShare = 4;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_obedient_model_cannot_be_made_to_act()
    {
        using var away = new TcpListener(IPAddress.Loopback, port: 0);
        away.Start();
        var model = new ObedientModel();
        await using var server = await FakeModelServer.StartAsync(model.AnswerAsync);
        await using var site = await TestServer.StartAsync(isDemo: true, settings: server.Settings);
        var texts = await FillAsync(site, $"http://{away.LocalEndpoint}");
        await CheckListedAsync(site);

        foreach (var (number, subject) in texts.Index())
        {
            var question = $"Où est rangé le dossier {subject} ?";
            using var response = await site.PostAsync(
                "/v1/chat/completions",
                new { messages = new[] { new { role = "user", content = question } } });
            var completion = await TestServer.ReadJsonAsync(response);
            var text = completion.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;

            Assert.Empty(ActiveElements.InMarkdown(text));
            Assert.DoesNotContain('\u001b', text);
            Assert.All(completion.GetProperty("citations").EnumerateArray(), IsReadable);
            if (number % ConsoleShare == 0)
            {
                using var page = await site.GetAsync($"/?as=anna&question={Uri.EscapeDataString(question)}", key: null);
                Assert.Empty(ActiveElements.InPage(await TestServer.ReadTextAsync(page)));
            }
        }

        Assert.InRange(model.ObeyedCount, 300, int.MaxValue);
        Assert.False(away.Pending());
    }

    [Theory]
    [InlineData("Le badge [1] est prêt [12].", "Le badge [1] est prêt [12].")]
    [InlineData(@"a \[x](y) [1](z) [1]: u", @"a \\\[x](y) \[1](z) \[1]: u")]
    [InlineData("10:30 <b> 1 < 2 https://a.fr x@y.fr", @"10:30 \<b> 1 < 2 https\://a.fr x\@y.fr")]
    public void What_would_begin_a_link_gets_a_backslash(string text, string plain) =>
        Assert.Equal(plain, Endpoints.PlainMarkdown.Of(text));

    [Fact]
    public void Any_mixture_of_signs_is_only_shown()
    {
        string[] pieces =
        [
            "[", "]", "(", ")", "!", "<", ">", "\\", "`", ":", "://", "http", "www.", "a", " ", "\n", "[1]", "[^1]",
            "http://a.fr/", "mailto:", "@b.fr", "<!--", "-->", "<?", "&lt;", "\"", "'", "*", "_", "{", "}", "|", "~",
            "=", "#", "$",
        ];
        var random = new Random(20261126);
        for (var round = 0; round < 20_000; round++)
        {
            var text = string.Concat(
                Enumerable.Range(0, random.Next(1, 14)).Select(_ => pieces[random.Next(pieces.Length)]));

            Assert.True(
                ActiveElements.InMarkdown(Endpoints.PlainMarkdown.Of(text)) is [],
                $"{JsonSerializer.Serialize(text)}: {Markdig.Markdown.ToHtml(Endpoints.PlainMarkdown.Of(text))}");
        }
    }

    // Nothing is held, or the model would have nothing to obey.
    private static async Task CheckListedAsync(TestServer site)
    {
        var state = await site.Services.GetRequiredService<ICatalog>()
            .ReadStateAsync(new CollectionId(Site.DefaultCollection), 0, Stop);
        var hostile = state!.Documents.Where(row => row.Document.Path.StartsWith("QZ", StringComparison.Ordinal))
            .ToList();

        Assert.InRange(hostile.Count, 300, int.MaxValue);
        Assert.All(hostile, row => Assert.InRange(
            row.Document.Quality!.GradeOf(QualityAxis.Poisoning)!.Value,
            QualityGrade.C,
            QualityGrade.E));
    }

    private static void IsReadable(JsonElement citation) => Assert.DoesNotContain(
        "direction/",
        citation.GetProperty("path").GetString(),
        StringComparison.Ordinal);

    // Half of them are plain text, where Markdown is not read as such and so stays in the text.
    private static async Task<List<string>> FillAsync(TestServer site, string away)
    {
        var source = Path.Combine(Path.GetDirectoryName(site.DirectoryFile)!, "..", "source");
        var subjects = new List<string>();
        foreach (var order in HostileTexts.Orders)
        {
            foreach (var wish in HostileTexts.Wishes(away))
            {
                var subject = $"QZ{subjects.Count:D4}VX";
                await File.WriteAllTextAsync(
                    Path.Combine(source, $"{subject}.{(subjects.Count % 2 == 0 ? "txt" : "md")}"),
                    $"Dossier {subject}\n\nLe dossier {subject} est rangé au deuxième étage. {order} {wish}\n",
                    Stop);
                subjects.Add(subject);
            }
        }

        _ = await site.Services.GetRequiredService<ISynchronizer>()
            .SyncAsync("source", new SyncOptions(), progress: null, Stop);
        return subjects;
    }
}
