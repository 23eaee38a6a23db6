using System.Text;
using CsCheck;
using Terroir.Inference.Onnx.Tokenizers;

namespace Terroir.Inference.Onnx.Tests.Tokenizers;

/// <summary>What holds for every text, also for one that nobody would write.</summary>
public sealed class TokenizerLawTests
{
    // Letters, marks, digits, spaces of many kinds, symbols, scripts, what is above U+FFFF, and lone surrogates.
    private static readonly string[] Parts =
    [
        "a", "é", "e\u0301", " ", "  ", "\n", "\r\n", "\t", "\u00a0", "1", "½", "€", "'s", "'LL", "日", "мир",
        "🦙", "𝒳", "𠀀", "▁", "Ġ", "<0x41>", "</s>", "<s>", "<|eot_id|>", "<|im_end|>", "[SEP]", "\ud800", "##",
    ];

    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.String,
        Gen.Int[0, Parts.Length - 1].Select(index => Parts[index]).List[0, 12].Select(string.Concat));

    public static TheoryData<string> Names =>
        ["llama3", "qwen2", "gpt2", "mistral", "bert", "bert-cased", "xlm-r", "camembert"];

    [Theory]
    [InlineData("llama3")]
    [InlineData("gpt2")]
    public void A_vocabulary_of_bytes_keeps_every_text(string name)
    {
        var tokenizer = MadeVocabulary.Open(name);
        Texts.Sample(text =>
        {
            var tokens = tokenizer.Encode(text);
            Assert.Equal(WithoutLoneSurrogates(text), tokenizer.Decode(tokens.Select(token => token.Id)));
            AssertTiles(tokens, text);
        });
    }

    [Fact]
    public void A_vocabulary_of_composed_bytes_keeps_the_composed_text()
    {
        var tokenizer = MadeVocabulary.Open("qwen2");
        Texts.Sample(text => Assert.Equal(
            NormalForm.Of(WithoutLoneSurrogates(text)),
            tokenizer.Decode(tokenizer.Encode(text).Select(token => token.Id))));
    }

    [Fact]
    public void A_vocabulary_with_bytes_for_the_rest_keeps_every_text()
    {
        var tokenizer = MadeVocabulary.Open("mistral");
        Texts.Sample(text =>
        {
            // The mark of a space is read as one: that is what the format loses.
            var tokens = tokenizer.Encode(text);
            Assert.Equal(
                WithoutLoneSurrogates(text).Replace('▁', ' '),
                tokenizer.Decode(tokens.Select(token => token.Id)));
            AssertTiles(tokens, text);
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Offsets_lie_in_the_text_and_never_go_back(string name)
    {
        var tokenizer = MadeVocabulary.Open(name);
        Texts.Sample(text =>
        {
            var size = Encoding.UTF8.GetByteCount(text);
            var end = 0;
            foreach (var token in tokenizer.Encode(text, EncodeOptions.AddControl))
            {
                Assert.InRange(token.Id, 0, tokenizer.VocabularySize - 1);
                Assert.InRange(token.Start, 0, token.End);
                Assert.InRange(token.End, end, size);
                end = token.End;
            }
        });
    }

    [Theory]
    [InlineData("llama3", "<|eot_id|>")]
    [InlineData("llama3", "<|begin_of_text|>")]
    [InlineData("qwen2", "<|im_start|>")]
    [InlineData("mistral", "</s>")]
    [InlineData("bert", "[SEP]")]
    [InlineData("xlm-r", "<mask>")]
    [InlineData("camembert", "</s>")]
    public void A_document_that_spells_a_control_token_does_not_act_as_it(string name, string control)
    {
        var tokenizer = MadeVocabulary.Open(name);
        var id = tokenizer.Find(control)!.Value;
        Texts.Sample(text => Assert.DoesNotContain(
            id,
            tokenizer.Encode($"{text}{control}{text}").Select(token => token.Id)));
        Assert.Contains(id, tokenizer.Encode(control, EncodeOptions.ReadControl).Select(token => token.Id));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Text_that_comes_token_by_token_is_the_text(string name)
    {
        var tokenizer = MadeVocabulary.Open(name);
        Texts.Sample(text =>
        {
            var ids = tokenizer.Encode(text).Select(token => token.Id).ToArray();
            var decoder = tokenizer.CreateDecoder();
            var parts = ids.Select(decoder.Add).ToArray();
            Assert.Equal(tokenizer.Decode(ids), string.Concat([.. parts, decoder.Flush()]));

            // No part ends inside of a character.
            Assert.All(parts, part => Assert.Equal(part, WithoutLoneSurrogates(part)));
        });
    }

    private static void AssertTiles(IReadOnlyList<Token> tokens, string text)
    {
        var end = 0;
        foreach (var token in tokens)
        {
            Assert.Equal(end, token.Start);
            end = token.End;
        }

        Assert.Equal(Encoding.UTF8.GetByteCount(text), end);
    }

    private static string WithoutLoneSurrogates(string text) =>
        string.Concat(text.EnumerateRunes().Select(rune => rune.ToString()));
}
