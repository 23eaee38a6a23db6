using CsCheck;
using Terroir.Answers;

namespace Terroir.Tests.Answers;

public sealed class SentenceSplitterTests
{
    private const string Alphabet = "a. \né|-1";

    [Theory]
    [InlineData("Le Dr. Caron vient. Il part.", 2)]
    [InlineData("Un prix de 3.50 euros.", 1)]
    [InlineData("- un\n- deux", 2)]
    [InlineData("| a | b |\n|---|---|\n| c | d |", 2)]
    public void Sentences_items_and_rows_are_found(string text, int count) =>
        Assert.Equal(count, SentenceSplitter.Split(text).Count());

    [Fact]
    public void Ranges_are_ordered_and_lose_only_space_and_rules() =>
        Gen.Int[0, Alphabet.Length - 1].Array[0, 60].Sample(picks =>
        {
            var text = string.Concat(picks.Select(pick => Alphabet[pick]));
            var last = 0;
            foreach (var (start, end) in SentenceSplitter.Split(text))
            {
                Assert.InRange(start, last, text.Length);
                Assert.InRange(end, start + 1, text.Length);
                Assert.True(text[last..start].All(c => !char.IsLetterOrDigit(c)));
                last = end;
            }

            Assert.True(text[last..].All(c => !char.IsLetterOrDigit(c)));
        });
}
