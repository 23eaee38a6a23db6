using Terroir.Documents;
using Terroir.Ingestion.Text;

namespace Terroir.Tests.Ingestion;

public sealed class BlockLanguagesTests
{
    private const string French = "Le badge perdu est déclaré sans attendre au poste de garde, qui le désactive.";

    private const string English = "A lost badge is reported at once to the guard, who has it switched off.";

    [Fact]
    public void An_English_annex_of_a_French_document_is_English_with_its_short_items()
    {
        Block[] blocks =
        [
            new HeadingBlock(1, "Badges", SourcePlace.Whole),
            Text(French),
            Text("Poste 4118"),
            Text(French),
            Text(French),
            new HeadingBlock(1, "Annex", SourcePlace.Whole),
            Text(English),
            Item("Badge number"),
            Item("4118"),
            Text(English),
            Item("Signature"),
        ];
        var text = CanonicalText.From(blocks);
        var languages = BlockLanguages.Of("Badges", text, stated: null, "fr");

        Assert.Equal("fr", languages.Main);
        Assert.Equal(
            "fr fr fr fr fr fr en en en en en",
            string.Join(' ', Enumerable.Range(0, blocks.Length).Select(languages.Of)));
    }

    [Fact]
    public async Task A_passage_is_of_one_language_and_found_by_the_words_of_that_language()
    {
        await using var site = new TestSite();
        site.Source.Write("permissions.yaml", "allow: [everyone]");
        site.Source.Write("badges.txt", $"{French}\n\n{English} The guards are keeping lists.\n\n{French}\n");
        await site.AddSourceAsync();
        await site.SyncAsync();

        // By the French chain, "keeping" and "kept lists" would share no term with "keep a list".
        var hit = (await site.SearchAsync("keep a list"))[0];

        Assert.Equal("fr", hit.Document.Language);
        Assert.Equal("en", hit.Passage.Language);
        Assert.StartsWith(English, hit.Text, StringComparison.Ordinal);
        Assert.EndsWith("lists.", hit.Text, StringComparison.Ordinal);
        Assert.Equal(2, hit.Highlights.Count);
    }

    private static ParagraphBlock Text(string text) => new(text, SourcePlace.Whole);

    private static ListItemBlock Item(string text) => new(0, null, text, SourcePlace.Whole);
}
