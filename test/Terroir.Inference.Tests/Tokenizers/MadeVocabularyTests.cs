using Terroir.Inference.Onnx.Tokenizers;

namespace Terroir.Inference.Onnx.Tests.Tokenizers;

public sealed class MadeVocabularyTests
{
    public static TheoryData<string> Names =>
        ["llama3", "qwen2", "gpt2", "mistral", "bert", "bert-cased", "xlm-r", "camembert"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Text_is_cut_as_the_library_of_the_format_cuts_it(string name)
    {
        var tokenizer = MadeVocabulary.Open(name);
        var goldens = MadeVocabulary.Goldens(name);
        Assert.True(goldens.Count >= 30);
        foreach (var golden in goldens)
        {
            var ids = tokenizer.Encode(golden.Text).Select(token => token.Id);
            Assert.Equal($"{golden.Text}: {string.Join(' ', golden.Ids)}", $"{golden.Text}: {string.Join(' ', ids)}");
            var full = tokenizer.Encode(golden.Text, EncodeOptions.AddControl).Select(token => token.Id);
            Assert.Equal(golden.Full, full);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Tokens_are_put_together_as_the_library_of_the_format_does(string name)
    {
        var tokenizer = MadeVocabulary.Open(name);
        foreach (var golden in MadeVocabulary.Goldens(name))
        {
            Assert.Equal(golden.Decoded, tokenizer.Decode(golden.Full));
        }
    }
}
