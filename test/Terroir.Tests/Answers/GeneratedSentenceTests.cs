using CsCheck;
using Terroir.Answers;

namespace Terroir.Tests.Answers;

public sealed class GeneratedSentenceTests
{
    [Theory]
    [InlineData("Le badge est bleu [1].", "1")]
    [InlineData("Le badge est bleu. [1]", "1")]
    [InlineData("Le badge est bleu.[1][3]", "1,3")]
    [InlineData("Le badge est bleu [1, 3].", "1,3")]
    [InlineData("Le badge est bleu [1;3] .", "1,3")]
    [InlineData("Le badge est bleu [1-3].", "1,2,3")]
    [InlineData("Le badge est bleu [1 et 3].", "1,3")]
    [InlineData("Le badge est bleu 【3】.", "3")]
    [InlineData("Le badge est bleu 【3†source】.", "3")]
    [InlineData("Le badge est bleu ［3］.", "3")]
    [InlineData("Le badge est bleu [^3].", "3")]
    [InlineData("Le badge est bleu [Passage 3].", "3")]
    [InlineData("[3] Le badge est bleu.", "3")]
    [InlineData("Le badge [3] est bleu [1].", "1,3")]
    [InlineData("Le badge est bleu.\n[3]", "3")]
    [InlineData("- **Le badge** est bleu [3].", "3")]
    [InlineData("<think>Le passage [2] ? Non.</think>\nLe badge est bleu [3].", "3")]
    [InlineData("Le badge est bleu.", "")]
    public void Markers_are_read_in_every_form_that_models_write(string text, string numbers)
    {
        var sentence = Assert.Single(GeneratedSentence.Parse(text, isCut: false));

        Assert.Equal("Le badge est bleu.", sentence.Text);
        Assert.Equal(numbers, string.Join(',', sentence.Passages));
    }

    [Fact]
    public void A_marker_belongs_to_the_sentence_before_it()
    {
        var sentences = GeneratedSentence.Parse(
            "Le badge est bleu. [1] Il est gratuit. [2]\n- Il expire [3].",
            isCut: false);

        Assert.Equal(
            "Le badge est bleu.|Il est gratuit.|Il expire.",
            string.Join('|', sentences.Select(item => item.Text)));
        Assert.Equal([1, 2, 3], sentences.Select(item => item.Passages.Single()));
        Assert.Equal([false, false, true], sentences.Select(item => item.StartsLine));
    }

    [Fact]
    public void A_row_of_a_table_is_shown_as_its_cells() =>
        Assert.Equal(
            "Copie – 0,18 €",
            Assert.Single(GeneratedSentence.Parse("| Copie | 0,18 € | [1]", isCut: false)).Text);

    [Fact]
    public void A_year_in_brackets_is_no_marker() =>
        Assert.Empty(Assert.Single(GeneratedSentence.Parse("La charte [2026] est signée.", isCut: false)).Passages);

    [Fact]
    public void The_last_sentence_of_a_text_that_was_cut_is_left_out() =>
        Assert.Equal(
            "Le badge est bleu.",
            Assert.Single(GeneratedSentence.Parse("Le badge est bleu [1]. Il coûte 1", isCut: true)).Text);

    [Fact]
    public void Whatever_a_model_writes_is_read() =>
        Gen.String[Gen.Char["[]【】［］()^†-–,;.!?* \n123a'«»#`<>|"], 0, 80].Sample(text =>
        {
            foreach (var sentence in GeneratedSentence.Parse(text, isCut: false))
            {
                Assert.Contains(sentence.Text, char.IsLetterOrDigit);
                Assert.InRange(sentence.Passages.Count, 0, text.Length * 16);
            }
        });
}
