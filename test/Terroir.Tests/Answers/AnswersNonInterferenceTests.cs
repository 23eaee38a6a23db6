using System.Text.Json;
using CsCheck;
using Terroir.Answers;
using Terroir.Catalog;
using Terroir.Tests.Retrieval;

namespace Terroir.Tests.Answers;

/// <summary>What an asker may not read changes nothing in an answer, to the byte.</summary>
public sealed class AnswersNonInterferenceTests
{
    private static readonly string[] Words =
    [
        "parking", "tarif", "badge", "repas", "registre", "12 €", "deux heures", "le 3 mars", "poste 4118", "Sirocco",
        "est de", "du", "Il", ".", ":", "\n- ", "\n| a | b |\n|---|---|\n| parking | 4 |\n",
    ];

    // Few names and few words, so that there are versions of one document and equal statements.
    private static readonly string[] Names = ["note-v1", "note-v2", "note-v3", "tarifs", "parking", "registre"];

    // Followed by few words, near copies of one another.
    private static readonly string Copied = string.Join(' ', Enumerable.Repeat(
        "Le registre des repas du service est tenu par le cadre de garde , qui le signe chaque soir .",
        3).Select((text, number) => $"{text} Poste 41{number} ."));

    private static readonly string[] Questions =
    [
        "Quel est le tarif du parking ?",
        "Combien de temps dure le repas et qui tient le registre ?",
        "Quels sont les badges du parking ?",
        "Quel est le poste du projet Sirocco ?",
        "What is the badge of the parking?",
    ];

    private static readonly Gen<Item[]> World =
        Gen.Select(
            Gen.Int[0, Names.Length - 1].Select(pick => Names[pick]),
            Gen.OneOf(
                Gen.Int[0, Words.Length - 1].Select(pick => Words[pick]).Array[1, 16]
                    .Select(words => string.Join(' ', words)),
                Gen.Int[0, Words.Length - 1].Select(pick => Words[pick]).Array[0, 3]
                    .Select(words => $"{Copied} {string.Join(' ', words)}")),
            Gen.Bool,
            (name, text, isSecret) => new Item(name, text, isSecret))
        .Array[1, 10]
        .Select(items => items.DistinctBy(item => item.Name, StringComparer.Ordinal).ToArray());

    [Fact]
    public async Task Unreadable_documents_change_no_byte_of_an_answer() =>
        await World.SampleAsync(
            async world => Assert.Equal(
                await AskAsync(world),
                await AskAsync([.. world.Where(item => !item.IsSecret)])),
            iter: 15,
            threads: 1);

    // The law says nothing about worlds in which nothing is ever answered.
    [Fact]
    public async Task Some_of_these_worlds_are_answered_and_some_questions_are_refused()
    {
        var answers = await AskAsync(
        [
            new Item("tarifs", "Le tarif du parking est de 12 € .", IsSecret: false),
            new Item("note-v1", "Le tarif du parking est de 9 € .", IsSecret: false),
        ]);

        Assert.Contains("\"IsRefused\":false", answers, StringComparison.Ordinal);
        Assert.Contains("\"IsRefused\":true", answers, StringComparison.Ordinal);
    }

    private static async Task<string> AskAsync(Item[] world)
    {
        var stop = TestContext.Current.CancellationToken;
        await using var site = new TestSite();
        await site.Catalog.CreateCollectionAsync(TestSite.Collection, stop);
        await using (var writer = await site.Catalog.OpenWriterAsync(TestSite.Collection, stop))
        {
            var documents = world.Select(item => TestDocuments.Prepare(
                item.Name,
                item.Text,
                item.IsSecret ? AccessList.Nobody : TestDocuments.Open,
                title: item.Name));
            await writer.CommitAsync(new CatalogChange { Added = [.. documents] }, stop);
        }

        var lines = new List<string>();
        foreach (var question in Questions)
        {
            var answer = await site.Answerer.AskAsync(
                new AskRequest { Question = question, Asker = TestSite.Everyone },
                stop);

            // The numbers of generations are the stated residual: they tell that something changed, and no more.
            lines.Add(JsonSerializer.Serialize(answer with { Generations = [] }));
        }

        return string.Join('\n', lines);
    }

    private sealed record Item(string Name, string Text, bool IsSecret);
}
