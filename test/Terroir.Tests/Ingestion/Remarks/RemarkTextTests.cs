using CsCheck;
using Terroir.Documents;
using Terroir.Ingestion.Remarks;

namespace Terroir.Tests.Ingestion.Remarks;

public sealed class RemarkTextTests
{
    private static readonly RemarkText[] Languages = [RemarkText.English, RemarkText.French];

    private static readonly Gen<Remark> Remarks = Gen.Select(
        Gen.Enum<RemarkCode>(),
        Gen.String.Array[0, 3],
        (code, values) => new Remark(code, values));

    [Fact]
    public void Every_remark_has_words_in_both_languages_and_says_all_of_its_values_in_both()
    {
        string[] marks = ["<first>", "<second>", "<third>"];
        foreach (var code in Enum.GetValues<RemarkCode>())
        {
            var one = Mentioned(RemarkText.English, new Remark(code, marks));

            Assert.Equal(one, Mentioned(RemarkText.French, new Remark(code, marks)));
            foreach (var words in Languages)
            {
                var said = words.Describe(new Remark(code, ["<first>", "<second>", "1"]));
                Assert.DoesNotContain(said, letter => letter is '[' or ']' or '{' or '}' or '|');
                Assert.NotEmpty(said.Trim());
            }
        }

        bool[] Mentioned(RemarkText words, Remark remark) =>
            [.. marks.Select(mark => words.Describe(remark).Contains(mark, StringComparison.Ordinal))];
    }

    [Theory]
    [InlineData("3", "1", "Page 3 has no text layer and was", "La page 3 n’a pas de couche")]
    [InlineData("2-3", "2", "Pages 2-3 have no text layer and were", "Les pages 2-3 n’ont pas de couche")]
    public void One_page_and_many_are_spoken_of_rightly(string pages, string count, string english, string french)
    {
        var remark = new Remark(RemarkCode.PagesWithoutText, pages, count);

        Assert.StartsWith(english, RemarkText.English.Describe(remark), StringComparison.Ordinal);
        Assert.StartsWith(french, RemarkText.French.Describe(remark), StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_is_said_as_it_stands_and_never_taken_for_a_part_of_the_sentence() =>
        Gen.String.Sample(value =>
        {
            var said = RemarkText.English.Describe(new Remark(RemarkCode.NameAndContentDiffer, value, "[a|b] {0}"));

            Assert.Equal($"The name ends in {value}, and the content is [a|b] {{0}}.", said);
        });

    [Fact]
    public void What_is_stored_is_read_back() =>
        Remarks.Array[0, 3].Sample(remarks => Assert.Equal(remarks, Remark.FromJson(Remark.ToJson(remarks))));

    [Theory]
    [InlineData("The file asks for a password. Save it without one, then run 'terroir retry'.")]
    [InlineData("[[\"not json")]
    [InlineData("[1] is broken.")]
    public void A_sentence_that_an_older_site_stored_stands_as_it_was(string stored)
    {
        var remark = Assert.Single(Remark.FromJson(stored));

        Assert.Equal(Remark.Said(stored), remark);
        Assert.All(Languages, words => Assert.Equal(stored, words.Describe(remark)));
    }

    [Fact]
    public void A_code_that_a_newer_site_stored_is_shown_with_its_values() =>
        Assert.Equal(
            "NotYetKnown 7",
            RemarkText.French.Describe(Remark.FromJson("""[["NotYetKnown","7"]]""")));

    [Theory]
    [InlineData("fr", "fr")]
    [InlineData("fr-FR,fr;q=0.9,en;q=0.8", "fr")]
    [InlineData("de, en;q=0.5, fr;q=0.1", "en")]
    [InlineData("frisian", "en")]
    [InlineData("", "en")]
    [InlineData(null, "en")]
    public void A_program_is_answered_in_the_first_of_the_two_languages_that_it_names(
        string? header,
        string language) =>
        Assert.Equal(language, RemarkText.For(header).Language);
}
