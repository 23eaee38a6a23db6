using CsCheck;
using Terroir.Retrieval.Vocabulary;

namespace Terroir.Tests.Retrieval.Vocabulary;

public sealed class EditDistanceTests
{
    private static readonly Gen<string> Word = Gen.String[Gen.Char["abc"], 0, 7];

    [Theory]
    [InlineData("parking", "parking", 0)]
    [InlineData("parkng", "parking", 1)]
    [InlineData("parkign", "parking", 1)]
    [InlineData("hospitalisatoin", "hospitalisation", 1)]
    [InlineData("", "abc", 3)]
    [InlineData("chat", "chien", 3)]
    public void It_counts_letters(string left, string right, int expected) =>
        Assert.Equal(expected, EditDistance.Of(left, right));

    [Fact]
    public void It_is_the_same_in_both_directions_and_nothing_only_for_equals() =>
        Gen.Select(Word, Word).Sample(
            (left, right) =>
            {
                var distance = EditDistance.Of(left, right);
                Assert.Equal(distance, EditDistance.Of(right, left));
                Assert.Equal(string.Equals(left, right, StringComparison.Ordinal), distance == 0);
                Assert.InRange(distance, Math.Abs(left.Length - right.Length), Math.Max(left.Length, right.Length));
            },
            iter: 1_000);
}
