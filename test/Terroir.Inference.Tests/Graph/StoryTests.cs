using System.Text;
using Terroir.Inference.Onnx.Weights;
using Terroir.Inference.Onnx.Weights.Gguf;

namespace Terroir.Inference.Onnx.Tests.Graph;

/// <summary>A real model of 260,000 parameters that tells stories.</summary>
public sealed class StoryTests : IDisposable
{
    private const int Begin = 1;

    // What run.c of llama2.c prints for this model at temperature 0 (its test_all.py).
    private const string Story =
        " Once upon a time, there was a little girl named Lily. She loved to play outside in the park. One day, she "
        + "saw a big, red ball. She wanted to play with it, but it was too high.\nLily's mom said, \"Lily, let's go "
        + "to the park.\" Lily was sad and didn't know what to do. She said, \"I want to play with your ball, but I "
        + "can't find it.\"\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("stories260K.bin")]
    [InlineData("stories260K.gguf")]
    public void The_graph_says_what_plain_loops_say(string file)
    {
        using var source = WeightSources.Open(SharedData.Model($"stories260K/{file}"));
        using var model = Imported.Load(source, _folder);
        var reference = new ReferenceDecoder(source);
        List<int> tokens = [Begin];
        for (var step = 0; step < 60; step++)
        {
            var expected = reference.Step(tokens[^1]);
            var actual = model.Step(0, tokens[^1]);

            Assert.InRange(Imported.Distance(expected, actual), 0, 5e-5f);
            Assert.Equal(Imported.Greatest(expected), Imported.Greatest(actual));
            tokens.Add(Imported.Greatest(actual));
        }

        Assert.StartsWith(Text(tokens), Story, StringComparison.Ordinal);
    }

    // Pieces of SentencePiece: a low line of Unicode for a space, and bytes as <0x0A>.
    private static string Text(IEnumerable<int> tokens)
    {
        using var file = GgufFile.Open(SharedData.Model("stories260K/stories260K.gguf"));
        Assert.True(file.Metadata.TryGetStrings("tokenizer.ggml.tokens", out var pieces));
        var text = new StringBuilder();
        foreach (var token in tokens.Where(token => token > 2))
        {
            text.Append(pieces[token] is ['<', '0', 'x', ..] ? "\n" : pieces[token].Replace('\u2581', ' '));
        }

        return text.ToString();
    }
}
