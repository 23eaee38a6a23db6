using CsCheck;
using Terroir.Provenance.Notes;

namespace Terroir.Provenance.Tests.Notes;

public sealed class MinimumIndexTests
{
    [Fact]
    public void What_is_written_is_read_and_is_never_a_checkpoint() => Gen.Long[0, long.MaxValue].Sample(index =>
    {
        var minimum = new MinimumIndex(Keys.Origin, index);
        Assert.Equal(minimum, MinimumIndex.Parse(minimum.ToText()));
        Assert.Equal(
            minimum,
            MinimumIndex.TryOpen(SignedNote.Sign(minimum.ToText(), Keys.Log).ToBytes(), Keys.Log.Key));
        Assert.Throws<ProofFormatException>(() => Checkpoint.Parse(minimum.ToText()));
    });

    [Theory]
    [InlineData("")]
    [InlineData("minimum index of a\n")]
    [InlineData("minimum index of a\n1")]
    [InlineData("minimum index of a\n01\n")]
    [InlineData("minimum index of a\n-1\n")]
    [InlineData("minimum index of a\n1\n\n")]
    [InlineData("minimum index of a\n1\nmore\n")]
    [InlineData("a\n1\n")]
    public void Anything_else_is_refused(string text) =>
        Assert.Throws<ProofFormatException>(() => MinimumIndex.Parse(text));
}
