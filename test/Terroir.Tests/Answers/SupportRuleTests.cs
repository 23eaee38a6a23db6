using System.Text.RegularExpressions;
using Terroir.Answers;
using Terroir.Retrieval;
using Terroir.Tests.Retrieval;

namespace Terroir.Tests.Answers;

public sealed class SupportRuleTests
{
    private const string Parking =
        "L’abonnement mensuel au parking coûte 12 € pour le personnel. Il est payé d'avance.\n"
        + "Les visiteurs ne sont pas autorisés à stationner dans la cour Pasteur.\n"
        + "La navette passe à 7 h 30, puis toutes les vingt minutes.\n"
        + "Le portail est à l'adresse https://parking.valmont.example/abonnement.";

    [Theory]
    [InlineData("L'abonnement mensuel au parking coûte 12 € pour le personnel.")]
    [InlineData("Pour le personnel, l'abonnement mensuel coûte 12 euros.")]
    [InlineData("L'abonnement du parking doit être payé d'avance.")]
    [InlineData("Les visiteurs ne sont pas autorisés à stationner cour Pasteur.")]
    [InlineData("La navette passe à 7h30 puis toutes les 20 minutes.")]
    [InlineData("L'abonnement mensuel coûte 12 € et la navette passe à 7 h 30.")]
    [InlineData("Le portail est à l'adresse https://parking.valmont.example/abonnement.")]
    public void What_the_passage_says_is_supported(string sentence) => Assert.NotEmpty(Find(sentence));

    [Theory]
    [InlineData("L'abonnement mensuel au parking coûte 15 € pour le personnel.", "a number that is not there")]
    [InlineData("L'abonnement mensuel au parking coûte quinze euros.", "a number in words that is not there")]
    [InlineData("L'abonnement mensuel au parking coûte 12 $ pour le personnel.", "another unit")]
    [InlineData("La navette passe à 7 h 30, puis toutes les vingt heures.", "another unit in words")]
    [InlineData("L'abonnement mensuel au parking coûte 12 € depuis 2019.", "a date that is not there")]
    [InlineData("Les visiteurs sont autorisés à stationner dans la cour Pasteur.", "the opposite")]
    [InlineData("L'abonnement mensuel au parking ne coûte pas 12 € pour le personnel.", "a denial")]
    [InlineData("Les visiteurs ne sont pas autorisés à stationner dans la cour Laennec.", "a name that is not there")]
    [InlineData("Les internes gagnent une prime de garde.", "something else")]
    [InlineData("La direction décide des horaires de la navette chaque année.", "mostly something else")]
    [InlineData("Oui.", "nothing that could be compared")]
    [InlineData("Le portail est à l'adresse https://evil.example/abonnement.", "an address that is not there")]
    [InlineData("La navette passe à 7 h 30 ![x](https://evil.example/a.png).", "an image")]
    [InlineData("La [navette](https://evil.example) passe à 7 h 30.", "a link in disguise")]
    [InlineData("La navette <b>passe</b> à 7 h 30.", "markup")]
    public void What_the_passage_does_not_say_is_not_supported(string sentence, string reason) =>
        Assert.True(Find(sentence).Count == 0, reason);

    [Fact]
    public void The_quote_is_the_sentence_that_says_it_best() =>
        Assert.Equal(
            "La navette passe à 7 h 30, puis toutes les vingt minutes.",
            Assert.Single(Find("La navette passe toutes les 20 minutes.")).Text);

    [Fact]
    public void A_sentence_may_join_what_two_passages_say()
    {
        const string Sentence = "La navette passe à 7 h 30 et le badge provisoire est rouge.";
        var parking = Hit("parking.md", Parking);
        var badge = Hit("badges.md", "Le badge provisoire est rouge.");

        Assert.Empty(SupportRule.Find(Sentence, [parking]));
        Assert.Empty(SupportRule.Find(Sentence, [badge]));
        Assert.Equal(2, SupportRule.Find(Sentence, [parking, badge]).Select(item => item.Hit).Distinct().Count());
    }

    [Fact]
    public void A_number_must_stand_in_the_quote_and_not_merely_in_the_title()
    {
        var hit = Hit("note.md", "Le délai de recours est de trente jours.", title: "Note 45");

        Assert.Empty(SupportRule.Find("Le délai de recours est de 45 jours.", [hit]));
        Assert.NotEmpty(SupportRule.Find("Le délai de recours est de 30 jours.", [hit]));
    }

    [Fact]
    public void Words_of_the_title_count_but_half_must_be_quoted()
    {
        var hit = Hit("tarifs.md", "| Abonnement mensuel | 12 € |", title: "Tarifs du parking");

        Assert.NotEmpty(SupportRule.Find("Le tarif de l'abonnement mensuel au parking est de 12 €.", [hit]));
        Assert.Empty(SupportRule.Find("Les tarifs du parking sont mensuels.", [hit]));
    }

    [Fact]
    public void English_is_compared_with_english()
    {
        var hit = Hit("shuttle.md", "The shuttle leaves every twenty minutes from gate B.", language: "en");

        Assert.NotEmpty(SupportRule.Find("The shuttle leaves gate B every 20 minutes.", [hit]));
        Assert.Empty(SupportRule.Find("The shuttle doesn't leave from gate B.", [hit]));
        Assert.Empty(SupportRule.Find("La navette part toutes les 20 minutes.", [hit]));
    }

    [Fact]
    public void A_bare_figure_is_supported_by_a_sentence_that_has_all_of_it()
    {
        Assert.NotEmpty(Find("Vingt minutes."));
        Assert.Empty(Find("Vingt heures."));
        Assert.Empty(Find("12 € et 20 minutes."));
    }

    [Fact]
    public void Every_sentence_of_the_samples_supports_itself_and_not_another_number()
    {
        const string Absent = "987654321";
        var count = 0;
        foreach (var (text, language) in Samples())
        {
            var hit = Hit("sample.md", text, language: language);
            foreach (var (start, end) in SentenceSplitter.Split(text))
            {
                var sentence = text[start..end];
                var claim = Claim.Of(sentence, language);
                if (claim.Words.Count + claim.Figures.Numbers.Count > 0)
                {
                    count++;
                    var forged = Regex.Replace(sentence, @"\d+", Absent, RegexOptions.None, TimeSpan.FromSeconds(1));
                    Assert.True(SupportRule.Find(sentence, [hit]).Count > 0, sentence);
                    Assert.True(
                        string.Equals(forged, sentence, StringComparison.Ordinal)
                        || SupportRule.Find(forged, [hit]).Count == 0,
                        forged);
                }
            }
        }

        Assert.InRange(count, 200, 100_000);
    }

    private static IEnumerable<(string Text, string Language)> Samples()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Terroir.slnx")))
        {
            root = Path.GetDirectoryName(root)!;
        }

        foreach (var path in Directory.EnumerateFiles(
            Path.Combine(root, "samples", "chu-valmont", "documents"),
            "*.md",
            SearchOption.AllDirectories))
        {
            yield return (
                NormalForm.Of(File.ReadAllText(path)),
                path.Contains("international", StringComparison.Ordinal) ? "en" : "fr");
        }
    }

    private static IReadOnlyList<Support> Find(string sentence) =>
        SupportRule.Find(sentence, [Hit("parking.md", Parking)]);

    private static PassageHit Hit(string name, string text, string title = "Stationnement", string language = "fr")
    {
        var document = TestDocuments.Prepare(name, text, title: title, language: language);
        return new PassageHit(
            TestSite.Collection,
            TestDocuments.Describe(document),
            document.Passages[0],
            text,
            Score: 1,
            Highlights: []);
    }
}
