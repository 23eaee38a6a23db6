using System.Text;
using Terroir.Protection.PersonalData;
using Terroir.Protection.PersonalData.Synthetic;

namespace Terroir.Tests.Protection.PersonalData;

public sealed class SyntheticDocumentsTests
{
    [Theory]
    [InlineData(SyntheticSet.Training)]
    [InlineData(SyntheticSet.Evaluation)]
    public void Labels_are_where_they_say_and_every_template_can_be_filled(SyntheticSet set)
    {
        var genres = new HashSet<string>(StringComparer.Ordinal);
        foreach (var document in SyntheticDocuments.Make(set, seed: 5, count: 3_000))
        {
            genres.Add(document.Genre);
            var bytes = Encoding.UTF8.GetBytes(document.Text);
            Assert.NotEmpty(document.Labels);
            Assert.All(document.Labels, label => Assert.Equal(
                label.Text,
                Encoding.UTF8.GetString(bytes.AsSpan(label.Start, label.End - label.Start))));
            Assert.DoesNotContain('{', document.Text);
        }

        Assert.Equal(5, genres.Count);
    }

    [Fact]
    public void The_two_sets_share_neither_sentence_nor_surname()
    {
        var training = Texts(TrainingTemplates.Genres.Concat(TaggerTemplates.Genres));
        var evaluation = Texts(EvaluationTemplates.Genres);

        Assert.Empty(training.Intersect(evaluation, StringComparer.Ordinal));
        Assert.Empty(SyntheticNames.SurnamesOf(SyntheticSet.Training)
            .Intersect(SyntheticNames.SurnamesOf(SyntheticSet.Evaluation), StringComparer.Ordinal));
    }

    [Fact]
    public void A_seed_makes_these_documents_and_no_others()
    {
        var first = SyntheticDocuments.Make(SyntheticSet.Evaluation, seed: 1, count: 100).ToArray();
        var again = SyntheticDocuments.Make(SyntheticSet.Evaluation, seed: 1, count: 100).ToArray();
        var other = SyntheticDocuments.Make(SyntheticSet.Evaluation, seed: 2, count: 100).ToArray();

        Assert.Equal(first.Select(item => item.Text), again.Select(item => item.Text), StringComparer.Ordinal);
        Assert.True(first.Select(item => item.Text).Intersect(other.Select(item => item.Text), StringComparer.Ordinal)
            .Count() < 5);
        Assert.True(first.Select(item => item.Text).Distinct(StringComparer.Ordinal).Count() > 95);
    }

    [Fact]
    public void Numbers_have_right_check_figures()
    {
        var scanner = new PersonalDataScanner(new PersonalDataOptions());
        string[] kinds = ["iban", "nir", "card", "siret", "vat"];
        foreach (var document in SyntheticDocuments.Make(SyntheticSet.Evaluation, seed: 3, count: 300))
        {
            var found = scanner.Scan(document.Text).Select(finding => (finding.Kind, finding.Start)).ToHashSet();
            Assert.All(
                document.Labels.Where(label => kinds.Contains(label.Kind)),
                label => Assert.Contains((label.Kind, label.Start), found));
        }
    }

    private static HashSet<string> Texts(IEnumerable<SyntheticGenre> genres) => genres
        .SelectMany(genre => genre.Openings.Concat(genre.Sentences).Concat(genre.Closings))
        .ToHashSet(StringComparer.Ordinal);
}
