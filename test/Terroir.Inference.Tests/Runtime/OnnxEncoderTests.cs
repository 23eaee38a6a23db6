using CsCheck;
using Terroir.Inference.Onnx.Graph;
using Terroir.Inference.Onnx.Quantisation;
using Terroir.Inference.Onnx.Runtime;
using Terroir.Inference.Onnx.Tests.Graph;
using Terroir.Inference.Onnx.Tests.Weights;
using Terroir.Inference.Onnx.Weights;

namespace Terroir.Inference.Onnx.Tests.Runtime;

public sealed class OnnxEncoderTests
{
    private static readonly EncoderShape Small = new()
    {
        Layers = 2,
        Hidden = 48,
        FeedForward = 64,
        Heads = 4,
        Vocabulary = 60,
        Positions = 20,
        TokenTypes = 2,
        HasScore = true,
    };

    private static readonly Gen<(TinyEncoder Encoder, int[] Tokens)> Encoders =
        from kind in Gen.OneOf(("bert", ""), ("bert", "bert."), ("xlm-roberta", "roberta."), ("camembert", "roberta."))
        from layers in Gen.Int[1, 3]
        from heads in Gen.Int[1, 4]
        from size in Gen.Int[3, 20]
        from inner in Gen.Int[5, 50]
        from pooling in Gen.OneOf(Pooling.Mean, Pooling.First)
        from score in Gen.Bool
        from seed in Gen.Int[0, 1_000]
        from tokens in Gen.Int[0, 59].Array[1, 18]
        select (new TinyEncoder(
            Small with
            {
                Layers = layers,
                Hidden = heads * size,
                FeedForward = inner,
                Heads = heads,
                TokenTypes = kind.Item1 is "bert" ? 2 : 1,
                FirstPosition = kind.Item1 is "bert" ? 0 : 2,
                Pooling = pooling,
                HasScore = score,
                NormEpsilon = 1e-5f,
            },
            kind.Item1,
            kind.Item2,
            seed), tokens);

    [Fact]
    public void An_encoder_computes_what_plain_loops_compute() => Encoders.Sample(
        (encoder, tokens) =>
        {
            using var folder = new TemporaryFolder();
            using var actual = Load(encoder, folder, WeightPrecision.Full);
            int[] types = [.. tokens.Select((_, index) => index > 3 ? encoder.Shape.TokenTypes - 1 : 0)];
            var reference = new ReferenceEncoder(encoder);
            var vectors = reference.Run(tokens, types);

            Assert.Equivalent(encoder.Shape, actual.Shape);
            Expect(Pool(encoder.Shape.Pooling, vectors), actual.Embed(new EncodedText(tokens, types)), 5e-5);
            if (encoder.Shape.HasScore)
            {
                var score = reference.Score(vectors[0]);
                Assert.InRange(actual.Score(new EncodedText(tokens, types)), score - 5e-5, score + 5e-5);
            }
        },
        iter: 60,
        threads: 1);

    [Fact]
    public void Weights_of_8_bits_turn_an_embedding_by_little()
    {
        using var folder = new TemporaryFolder();
        var encoder = new TinyEncoder(Small, "bert", "bert.", seed: 1);
        using var actual = Load(encoder, folder, WeightPrecision.Automatic);
        int[] tokens = [5, 17, 3, 40, 8];
        var expected = Pool(Pooling.Mean, new ReferenceEncoder(encoder).Run(tokens, new int[5]));
        var cosine = actual.Embed(new EncodedText(tokens, new int[5])).Zip(expected, (one, other) => one * other).Sum();

        Assert.InRange(cosine, 0.999, 1.0001);
    }

    [Fact]
    public void A_text_that_is_too_long_is_refused_and_one_of_the_longest_is_read()
    {
        using var folder = new TemporaryFolder();
        using var encoder = Load(new TinyEncoder(Small, "bert", "", seed: 1), folder, WeightPrecision.Full);

        Assert.Equal(48, encoder.Embed(new EncodedText(new int[20], new int[20])).Length);
        Assert.Equal(
            (21, 20),
            Assert.Throws<ModelLimitException>(() => encoder.Embed(new EncodedText(new int[21], new int[21])))
                is var refusal ? (refusal.Needed, refusal.Allowed) : default);
    }

    [Theory]
    [InlineData(new int[0], new int[0])]
    [InlineData(new[] { 60 }, new[] { 0 })]
    [InlineData(new[] { -1 }, new[] { 0 })]
    [InlineData(new[] { 1 }, new[] { 2 })]
    [InlineData(new[] { 1, 2 }, new[] { 0 })]
    public void Tokens_of_another_tokenizer_are_refused(int[] tokens, int[] types)
    {
        using var folder = new TemporaryFolder();
        using var encoder = Load(new TinyEncoder(Small, "bert", "", seed: 1), folder, WeightPrecision.Full);

        Assert.Throws<ArgumentException>(() => encoder.Embed(new EncodedText(tokens, types)));
    }

    [Fact]
    public async Task Texts_are_embedded_in_order_each_as_if_it_were_alone()
    {
        using var folder = new TemporaryFolder();
        using var generator = new OnnxEmbeddingGenerator(
            Load(new TinyEncoder(Small, "bert", "", seed: 1), folder, WeightPrecision.Full),
            new Letters(),
            "tiny",
            "q ");
        var cancellation = TestContext.Current.CancellationToken;
        var all = await generator.GenerateAsync(["one", "two", "a text that is longer than all"], null, cancellation);
        var alone = await generator.GenerateAsync(["two"], null, cancellation);

        Assert.Equal(3, all.Count);
        Assert.Equal(alone[0].Vector.ToArray(), all[1].Vector.ToArray());
        Assert.Equal(5 + 5 + 20, all.Usage!.InputTokenCount);
        Assert.All(all, each => Assert.InRange(each.Vector.ToArray().Sum(value => value * value), 0.999, 1.001));
    }

    private static OnnxEncoder Load(TinyEncoder encoder, TemporaryFolder folder, WeightPrecision precision)
    {
        var model = encoder.Write(folder.File("encoder"));
        var graph = folder.Folder("graph");
        Assert.True(EncoderImport.Recognises(model));
        EncoderImport.Write(
            model,
            graph,
            new ImportOptions { Precision = precision },
            new Progress<ImportProgress>(),
            TestContext.Current.CancellationToken);
        return OnnxEncoder.Load(graph, threads: 1);
    }

    private static double[] Pool(Pooling pooling, double[][] vectors)
    {
        double[] pooled = pooling == Pooling.First
            ? vectors[0]
            : [.. vectors[0].Select((_, index) => vectors.Average(vector => vector[index]))];
        var norm = Math.Sqrt(pooled.Sum(value => value * value));
        return [.. pooled.Select(value => value / norm)];
    }

    private static void Expect(double[] expected, float[] actual, double tolerance) => Assert.All(
        expected.Zip(actual),
        pair => Assert.InRange(pair.Second, pair.First - tolerance, pair.First + tolerance));

    private sealed class Letters : IEncoderCodec
    {
        public EncodedText Encode(string text, int tokensMax)
        {
            int[] tokens = [.. text.Take(tokensMax).Select(letter => letter % 60)];
            return new EncodedText(tokens, new int[tokens.Length]);
        }

        public EncodedText EncodePair(string question, string text, int tokensMax) =>
            Encode(question + text, tokensMax);
    }
}
