using System.Text;
using CsCheck;
using Terroir.Inference.Onnx.Tokenizers;

namespace Terroir.Inference.Onnx.Tests.Tokenizers;

/// <summary>Files that are damaged, or made to do harm.</summary>
public sealed class HostileVocabularyTests : IDisposable
{
    private const string Text = "Le prix est de 1 250,50 € (½ tarif).\r\n\tI'll 日本 🦙 <s> [SEP] \u0301";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Files =>
    [
        "made/llama3.json", "made/mistral.json", "made/bert.json", "made/camembert.json",
        "stories260K/tok512.bin", "stories260K/stories260K.gguf", "tokenizers/spm-unigram-en-1000.model",
    ];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Files))]
    public void A_damaged_file_is_read_or_refused_and_breaks_nothing(string name)
    {
        // The beginning of a file is its structure; most of the rest is names.
        var content = File.ReadAllBytes(name.StartsWith("made/", StringComparison.Ordinal)
            ? MadeVocabulary.Find(name["made/".Length..])
            : SharedData.Model(name));
        content = content[..Math.Min(content.Length, 20_000)];
        var path = _folder.File($"tokenizer{Path.GetExtension(name)}");
        Gen.Select(Gen.Int[0, content.Length - 1], Gen.Byte, Gen.Int[0, content.Length])
            .List[0, 4]
            .Sample(
                damages =>
                {
                    var damaged = content.ToArray();
                    var length = content.Length;
                    foreach (var (place, value, end) in damages)
                    {
                        damaged[place] = value;
                        length = value < 32 ? end : length;
                    }

                    File.WriteAllBytes(path, damaged[..length]);
                    ReadAndCut(path);
                },
                threads: 1);
    }

    [Theory]
    [InlineData("normalizer", """{"type":"Bert"}""", "normalizer Bert")]
    [InlineData("pre_tokenizer", """{"type":"CharDelimiterSplit"}""", "pre_tokenizer CharDelimiterSplit")]
    [InlineData("pre_tokenizer", """{"type":"Split","pattern":{"Regex":"\\p{Han}++"}}""", @"Regex \p{Han}++")]
    [InlineData("post_processor", """{"type":"Other"}""", "post_processor Other")]
    [InlineData("decoder", """{"type":"CTC"}""", "decoder CTC")]
    [InlineData("model", """{"type":"WordLevel","vocab":{}}""", "model WordLevel")]
    public void A_step_that_is_not_known_is_named(string part, string step, string subject)
    {
        var error = Refuse(part, step);
        Assert.Equal((TokenizerProblem.Unsupported, subject), (error.Problem, error.Subject));
        Assert.Contains(subject, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"BPE","vocab":{"a":0,"b":1},"merges":["a b"]}""", "merge a b")]
    [InlineData("""{"type":"BPE","vocab":{"a":0,"b":0},"merges":[]}""", "vocab b")]
    [InlineData("""{"type":"BPE","unk_token":"u","vocab":{"a":0},"merges":[]}""", "unk_token")]
    [InlineData("""{"type":"Unigram","unk_id":1,"vocab":[["a",0]]}""", "unk_id")]
    public void Parts_that_contradict_one_another_are_named(string model, string subject)
    {
        var error = Refuse("model", model);
        Assert.Equal((TokenizerProblem.Inconsistent, subject), (error.Problem, error.Subject));
    }

    [Fact]
    public void Limits_are_kept()
    {
        var far = Refuse("model", """{"type":"BPE","vocab":{"a":2000000000},"merges":[]}""");
        Assert.Equal(TokenizerProblem.TooLarge, far.Problem);
        var step = """{"type":"NFC"}""";
        for (var depth = 0; depth <= TokenizerLimits.StepDepthMax; depth++)
        {
            step = $$"""{"type":"Sequence","normalizers":[{{step}}]}""";
        }

        Assert.Equal(TokenizerProblem.TooLarge, Refuse("normalizer", step).Problem);
        var tokenizer = MadeVocabulary.Open("gpt2");
        Assert.Throws<ArgumentException>(
            () => tokenizer.Encode(new string('a', TokenizerLimits.TextLengthMax + 1)));
    }

    [Fact]
    public void A_file_that_is_absent_is_an_error() => Assert.Equal(
        TokenizerProblem.Missing,
        Assert.Throws<TokenizerUnusableException>(() => TokenizerFiles.Open(_folder.Path)).Problem);

    private static TokenizerUnusableException Refuse(string part, string value)
    {
        var json = new StringBuilder("{");
        if (part is not "model")
        {
            json.Append("""
                "model":{"type":"BPE","vocab":{"a":0},"merges":[]},
                """);
        }

        json.Append('"').Append(part).Append("\":").Append(value).Append('}');
        return Assert.Throws<TokenizerUnusableException>(() => MadeVocabulary.Read(json.ToString()));
    }

    private static void ReadAndCut(string path)
    {
        try
        {
            var tokenizer = TokenizerFiles.Open(path);
            var tokens = tokenizer.Encode(Text, EncodeOptions.AddControl);
            _ = tokenizer.Decode(tokens.Select(token => token.Id));
            _ = tokenizer.EncodeInput(Text, Text, tokensMax: 16);
        }
        catch (Exception exception) when (exception is TokenizerUnusableException or WeightsUnusableException)
        {
            Assert.NotEmpty(exception.Message);
        }
    }
}
