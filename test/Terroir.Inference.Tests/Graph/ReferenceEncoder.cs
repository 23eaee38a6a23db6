using Terroir.Inference.Onnx.Tests.Weights;

namespace Terroir.Inference.Onnx.Tests.Graph;

/// <summary>An encoder in plain loops, in binary64 where sums are made.</summary>
internal sealed class ReferenceEncoder(TinyEncoder encoder)
{
    private readonly string _prefix = encoder.Prefix;

    /// <summary>Returns the vector of each token.</summary>
    public double[][] Run(int[] tokens, int[] types)
    {
        var hidden = tokens.Select((token, index) => Norm("embeddings.LayerNorm", Sum(
            Row("word", token),
            Row("position", encoder.Shape.FirstPosition + index),
            Row("token_type", types[index])))).ToArray();
        for (var layer = 0; layer < encoder.Shape.Layers; layer++)
        {
            var name = $"encoder.layer.{layer}";
            var attended = Attend($"{name}.attention.self", hidden);
            hidden = [.. hidden.Zip(attended, (before, each) => Norm(
                $"{name}.attention.output.LayerNorm",
                Sum(before, Layer($"{_prefix}{name}.attention.output.dense", each))))];
            hidden = [.. hidden.Select(before => Norm($"{name}.output.LayerNorm", Sum(before, Layer(
                $"{_prefix}{name}.output.dense",
                [.. Layer($"{_prefix}{name}.intermediate.dense", before).Select(Gelu)]))))];
        }

        return hidden;
    }

    public double Score(double[] first) =>
        Layer(encoder.Score, [.. Layer(encoder.Head, first).Select(Math.Tanh)])[0];

    private static double[] Sum(params double[][] vectors) =>
        [.. Enumerable.Range(0, vectors[0].Length).Select(index => vectors.Sum(vector => vector[index]))];

    private static double Gelu(double x) => x * 0.5 * (1 + Erf(x / Math.Sqrt(2)));

    // By its series: the arguments are small.
    private static double Erf(double x)
    {
        var (term, sum) = (x, x);
        for (var n = 1; n < 200; n++)
        {
            term *= -x * x / n;
            sum += term / ((2 * n) + 1);
        }

        return Math.Abs(x) > 5 ? Math.Sign(x) : 2 / Math.Sqrt(Math.PI) * sum;
    }

    private double[] Row(string table, int row) =>
    [
        .. encoder[$"{_prefix}embeddings.{table}_embeddings.weight"]
            .AsSpan(row * encoder.Shape.Hidden, encoder.Shape.Hidden).ToArray().Select(value => (double)value),
    ];

    private double[] Norm(string name, double[] input)
    {
        var (weight, bias) = (encoder[$"{_prefix}{name}.weight"], encoder[$"{_prefix}{name}.bias"]);
        var mean = input.Average();
        var variance = input.Average(value => (value - mean) * (value - mean));
        return
        [
            .. input.Select((value, index) =>
                ((value - mean) / Math.Sqrt(variance + encoder.Shape.NormEpsilon) * weight[index]) + bias[index]),
        ];
    }

    private double[] Layer(string name, double[] input)
    {
        var (weight, bias) = (encoder[$"{name}.weight"], encoder[$"{name}.bias"]);
        return
        [
            .. bias.Select((offset, row) =>
                offset + input.Select((value, column) => value * weight[(row * input.Length) + column]).Sum()),
        ];
    }

    private double[][] Attend(string name, double[][] hidden)
    {
        double[][] Part(string part) => [.. hidden.Select(vector => Layer($"{_prefix}{name}.{part}", vector))];
        var (queries, keys, values) = (Part("query"), Part("key"), Part("value"));
        var size = encoder.Shape.Hidden / encoder.Shape.Heads;
        return
        [
            .. queries.Select(query => Enumerable.Range(0, encoder.Shape.Hidden).Select(index =>
            {
                var start = index / size * size;
                var scores = keys.Select(key =>
                    Math.Exp(Enumerable.Range(start, size).Sum(at => query[at] * key[at]) / Math.Sqrt(size))).ToArray();
                return scores.Zip(values, (score, value) => score * value[index]).Sum() / scores.Sum();
            }).ToArray()),
        ];
    }
}
