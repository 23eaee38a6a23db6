using Terroir.Inference.Onnx.Tokenizers;

namespace Terroir.Inference.Onnx.Tests.Tokenizers;

/// <summary>The ids that llama.cpp's own test data expect, which come from the makers' tokenizers.</summary>
public sealed class GoldenTests
{
    private const string Separator = "\n__ggml_vocab_test__\n";

    private const int CaseCount = 46;

    [Theory]
    [InlineData("ggml-vocab-gpt-2.gguf")]
    [InlineData("ggml-vocab-bert-bge.gguf")]
    public void All_golden_texts_have_their_tokens(string name)
    {
        var path = SharedData.Model(Path.Combine("tokenizers", name));
        var tokenizer = TokenizerFiles.Open(path);
        var texts = File.ReadAllText($"{path}.inp").Split(Separator);
        var expected = File.ReadAllLines($"{path}.out");
        Assert.Equal(CaseCount, Math.Min(expected.Length, texts.Length));
        for (var index = 0; index < CaseCount; index++)
        {
            var ids = tokenizer.Encode(texts[index]).Select(token => token.Id);
            Assert.Equal($"{index}: {expected[index].Trim()}", $"{index}: {string.Join(' ', ids)}");
        }
    }

    [Fact]
    public void A_unigram_model_cuts_as_SentencePiece_does()
    {
        const string Name = "spm-unigram-en-1000";
        var tokenizer = TokenizerFiles.Open(SharedData.Model($"tokenizers/{Name}.model"));
        foreach (var golden in MadeVocabulary.Goldens(Name))
        {
            var ids = tokenizer.Encode(golden.Text).Select(token => token.Id);
            Assert.Equal($"{golden.Text}: {string.Join(' ', golden.Ids)}", $"{golden.Text}: {string.Join(' ', ids)}");
        }
    }

    [Fact]
    public void The_two_files_of_one_model_cut_alike()
    {
        var gguf = TokenizerFiles.Open(SharedData.Model("stories260K/stories260K.gguf"));
        var bin = TokenizerFiles.Open(SharedData.Model("stories260K/tok512.bin"));
        string[] texts = ["", " ", "Once upon a time, there was a little girl.", "  two  spaces ", "100 € ½ 🦙\n"];
        foreach (var text in texts)
        {
            var tokens = gguf.Encode(text, EncodeOptions.AddControl);
            Assert.Equal(tokens, bin.Encode(text, EncodeOptions.AddControl));
            Assert.Equal(text, gguf.Decode(tokens.Select(token => token.Id)));
            Assert.Equal(text, bin.Decode(tokens.Select(token => token.Id)));
        }
    }
}
