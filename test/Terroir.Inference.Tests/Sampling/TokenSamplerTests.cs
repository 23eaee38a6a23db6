using CsCheck;
using Terroir.Inference.Onnx.Sampling;

namespace Terroir.Inference.Onnx.Tests.Sampling;

public sealed class TokenSamplerTests
{
    private static readonly float[] Logits = [0, 2, 1, 2, -1];

    [Fact]
    public void Without_temperature_the_first_of_the_greatest_is_taken() =>
        Assert.Equal([1, 1, 1], Draw(new SamplingOptions { TopP = 0.1f, MinP = 0.9f }, 3));

    [Fact]
    public void A_token_that_stood_before_is_less_probable() =>
        Assert.Equal([1, 3, 2], Draw(new SamplingOptions { RepetitionPenalty = 10 }, 3));

    [Fact]
    public void A_repetition_is_forgotten_after_its_window() =>
        Assert.Equal([1, 3, 1, 3], Draw(new SamplingOptions { RepetitionPenalty = 10, RepetitionWindow = 1 }, 4));

    [Fact]
    public void Tokens_are_drawn_by_their_probabilities()
    {
        var weights = Logits.Select(logit => Math.Exp(logit / 2.0)).ToArray();
        var drawn = Draw(new SamplingOptions { Temperature = 2, Seed = 3 }, 20_000);
        for (var token = 0; token < Logits.Length; token++)
        {
            var expected = weights[token] / weights.Sum();
            Assert.InRange(drawn.Count(each => each == token) / 20_000.0, expected - 0.015, expected + 0.015);
        }
    }

    [Fact]
    public void Only_tokens_that_take_part_are_drawn()
    {
        Assert.Equal([1, 3], Kinds(new SamplingOptions { Temperature = 5, TopK = 2 }));
        Assert.Equal([1, 2, 3], Kinds(new SamplingOptions { Temperature = 1, TopP = 0.8f }));
        Assert.Equal([1, 2, 3], Kinds(new SamplingOptions { Temperature = 1, MinP = 0.3f }));
        Assert.Equal([1], Kinds(new SamplingOptions { Temperature = 1, TopP = 0.01f }));
    }

    [Fact]
    public void A_token_that_is_ruled_out_is_never_drawn() =>
        Gen.Select(Gen.Float[-5, 5].Array[3, 20], Gen.ULong, Gen.Float[0, 10]).Sample(
            (logits, seed, temperature) =>
            {
                logits[0] = logits[^1] = float.NegativeInfinity;
                var sampler = new TokenSampler(new SamplingOptions { Seed = seed, Temperature = temperature });
                for (var draw = 0; draw < 20; draw++)
                {
                    Assert.InRange(sampler.Next(logits), 1, logits.Length - 2);
                }
            },
            iter: 300,
            threads: 1);

    // Against sorting the whole vocabulary.
    [Fact]
    public void The_tokens_that_take_part_are_the_fewest_that_reach_the_share() =>
        Gen.Select(Gen.Float[-9, 9].Array[2, 40], Gen.Float[0.01f, 1], Gen.Int[1, 45]).Sample(
            (logits, topP, topK) =>
            {
                var weights = logits.Select(logit => Math.Exp(logit - logits.Max())).ToArray();
                var order = Enumerable.Range(0, logits.Length).OrderByDescending(token => weights[token])
                    .ThenBy(token => token).ToArray();
                var share = weights.Sum() * topP;
                var count = 0;
                for (var sum = 0.0; count < Math.Min(order.Length, topK) && (count == 0 || sum < share); count++)
                {
                    sum += weights[order[count]];
                }

                var options = new SamplingOptions { Temperature = 1, TopP = topP, TopK = topK, Seed = 9 };
                var sampler = new TokenSampler(options);
                var drawn = Enumerable.Range(0, 200).Select(_ => sampler.Next(logits)).ToHashSet();

                // Sums in another order may differ in their last bit: one token more is within the law.
                Assert.Subset(order.Take(count + 1).ToHashSet(), drawn);
            },
            iter: 300,
            threads: 1);

    [Theory]
    [InlineData(-1, 1, 0)]
    [InlineData(float.NaN, 1, 0)]
    [InlineData(1, 0, 0)]
    [InlineData(1, 1, 2)]
    public void A_setting_out_of_its_range_is_refused(float temperature, float topP, float minP) =>
        Assert.Throws<ArgumentException>(() =>
            new TokenSampler(new SamplingOptions { Temperature = temperature, TopP = topP, MinP = minP }));

    // Computed by the published code of Vigna (splitmix64.c) for seed 0.
    [Fact]
    public void The_numbers_are_those_of_SplitMix64() =>
        Assert.Equal(0xE220A8397B1DCDAFUL >> 11, (ulong)(new SplitMix(0).Next() * (1UL << 53)));

    private static int[] Draw(SamplingOptions options, int count)
    {
        var sampler = new TokenSampler(options);
        return [.. Enumerable.Range(0, count).Select(_ => sampler.Next(Logits))];
    }

    private static IEnumerable<int> Kinds(SamplingOptions options) => Draw(options, 1_000).Distinct().Order();
}
