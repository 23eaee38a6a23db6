using CsCheck;
using Terroir.Inference.Onnx.Sampling;
using Terroir.Inference.Onnx.Tests.Runtime;

namespace Terroir.Inference.Onnx.Tests.Sampling;

public sealed class CitationMaskTests
{
    private readonly LetterCodec _codec = new();

    [Theory]
    [InlineData("a", 12, true)]
    [InlineData("[", 12, true)]
    [InlineData("[", 0, false)]
    [InlineData("[1", 12, true)]
    [InlineData("[12", 12, true)]
    [InlineData("[12]", 12, true)]
    [InlineData("[12].[3]", 12, true)]
    [InlineData("[13", 12, false)]
    [InlineData("[0", 12, false)]
    [InlineData("[2", 1, false)]
    [InlineData("[]", 12, false)]
    [InlineData("[a", 12, false)]
    [InlineData("[1[", 12, false)]
    [InlineData("[1\0", 12, false)]
    [InlineData("[1]\0", 12, true)]
    public void A_bracket_holds_the_number_of_a_passage(string text, int passages, bool isAllowed)
    {
        var mask = new CitationGrammars(_codec, LetterCodec.Alphabet.Length).Mask(passages);
        var tokens = _codec.Encode(text);
        foreach (var token in tokens.SkipLast(1))
        {
            Assert.True(Allows(mask, token));
            mask.Accept(token);
        }

        Assert.Equal(isAllowed, Allows(mask, tokens[^1]));
    }

    [Fact]
    public void There_is_always_a_way_on() =>
        Gen.Select(Gen.Int[0, 120], Gen.Int[0, 1_000].Array[0, 30]).Sample(
            (passages, choices) =>
            {
                var mask = new CitationGrammars(_codec, LetterCodec.Alphabet.Length).Mask(passages);
                foreach (var choice in choices)
                {
                    int[] allowed =
                        [.. Enumerable.Range(0, LetterCodec.Alphabet.Length).Where(token => Allows(mask, token))];
                    Assert.NotEmpty(allowed);
                    mask.Accept(allowed[choice % allowed.Length]);
                }
            },
            iter: 200,
            threads: 1);

    private static bool Allows(CitationMask mask, int token)
    {
        var logits = new float[LetterCodec.Alphabet.Length];
        mask.Apply(logits);
        return float.IsFinite(logits[token]);
    }
}
