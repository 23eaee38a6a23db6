using Terroir.Inference.Onnx.Tokenizers;

namespace Terroir.Inference.Onnx.Tests.Tokenizers;

public sealed class EncoderCodecTests
{
    [Fact]
    public void Two_texts_stand_in_two_segments_with_the_marks_of_BERT_around_them()
    {
        var tokenizer = MadeVocabulary.Open("bert");
        var codec = new EncoderCodec(tokenizer);
        int[] one = [.. tokenizer.Encode("Le plan").Select(token => token.Id)];
        int[] two = [.. tokenizer.Encode("blanc 100 €").Select(token => token.Id)];
        var (begin, end) = (tokenizer.Find("[CLS]")!.Value, tokenizer.Find("[SEP]")!.Value);

        var pair = codec.EncodePair("Le plan", "blanc 100 €", tokensMax: 512);

        Assert.Equal([begin, .. one, end, .. two, end], pair.Tokens);
        Assert.Equal(
            [.. Enumerable.Repeat(0, one.Length + 2), .. Enumerable.Repeat(1, two.Length + 1)],
            pair.Types);
        Assert.Equal([begin, .. one, end], codec.Encode("Le plan", tokensMax: 512).Tokens);
    }

    [Fact]
    public void Two_texts_stand_in_one_segment_with_the_marks_of_RoBERTa_around_them()
    {
        var tokenizer = MadeVocabulary.Open("camembert");
        int[] one = [.. tokenizer.Encode("Le plan").Select(token => token.Id)];
        int[] two = [.. tokenizer.Encode("blanc").Select(token => token.Id)];
        var pair = new EncoderCodec(tokenizer).EncodePair("Le plan", "blanc", tokensMax: 512);
        Assert.Equal([0, .. one, 2, 2, .. two, 2], pair.Tokens);
        Assert.All(pair.Types, type => Assert.Equal(0, type));
    }

    [Theory]
    [InlineData(512)]
    [InlineData(8)]
    [InlineData(5)]
    [InlineData(3)]
    public void What_is_too_long_loses_the_end_of_its_text_and_no_mark(int tokensMax)
    {
        var tokenizer = MadeVocabulary.Open("bert");
        var codec = new EncoderCodec(tokenizer);
        var end = tokenizer.Find("[SEP]")!.Value;

        var pair = codec.EncodePair("Le plan", string.Join(' ', Enumerable.Repeat("blanc", 600)), tokensMax);
        Assert.Equal(tokensMax, pair.Tokens.Count);
        Assert.Equal(pair.Tokens.Count, pair.Types.Count);
        Assert.Equal(2, pair.Tokens.Count(id => id == end));
        Assert.Equal(end, pair.Tokens[^1]);

        var single = codec.Encode(string.Join(' ', Enumerable.Repeat("blanc", 600)), tokensMax);
        Assert.Equal(tokensMax, single.Tokens.Count);
        Assert.Equal(end, single.Tokens[^1]);
    }
}
