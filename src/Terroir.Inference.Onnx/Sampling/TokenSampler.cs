namespace Terroir.Inference.Onnx.Sampling;

/// <summary>Chooses the tokens of one answer. Equal logits are ordered by token, so that a seed gives one text. For
/// one thread.</summary>
internal sealed class TokenSampler
{
    private readonly SamplingOptions _options;
    private readonly SplitMix _random;
    private readonly Queue<int> _recent = new();
    private float[] _scores = [];
    private double[] _weights = [];

    public TokenSampler(SamplingOptions options)
    {
        if (!options.IsValid)
        {
            throw new ArgumentException("A setting of the sampling is out of its range.", nameof(options));
        }

        _options = options;
        _random = new SplitMix(options.Seed);
    }

    /// <summary>Chooses a token.</summary>
    /// <param name="logits">One for each token; negative infinity rules a token out. At least one is finite.</param>
    public int Next(ReadOnlySpan<float> logits)
    {
        if (_scores.Length != logits.Length)
        {
            (_scores, _weights) = (new float[logits.Length], new double[logits.Length]);
        }

        logits.CopyTo(_scores);
        Penalise(_scores);
        var token = _options.Temperature == 0 ? Greatest(_scores) : Draw(_scores, _weights);
        _recent.Enqueue(token);
        if (_recent.Count > _options.RepetitionWindow)
        {
            _recent.Dequeue();
        }

        return token;
    }

    private static int Greatest(float[] scores)
    {
        var best = 0;
        for (var token = 1; token < scores.Length; token++)
        {
            best = scores[token] > scores[best] ? token : best;
        }

        return best;
    }

    private void Penalise(float[] scores)
    {
        if (_options.RepetitionPenalty == 1)
        {
            return;
        }

        foreach (var token in _recent.Distinct())
        {
            scores[token] = scores[token] > 0
                ? scores[token] / _options.RepetitionPenalty
                : scores[token] * _options.RepetitionPenalty;
        }
    }

    private int Draw(float[] scores, double[] weights)
    {
        var greatest = scores[Greatest(scores)];
        var tokens = new List<int>(scores.Length);
        for (var token = 0; token < scores.Length; token++)
        {
            weights[token] = Math.Exp((scores[token] - greatest) / (double)_options.Temperature);
            if (weights[token] > 0 && weights[token] >= _options.MinP)
            {
                tokens.Add(token);
            }
        }

        if (_options.TopP < 1 || _options.TopK is not null)
        {
            tokens = Cut(tokens, weights);
        }

        var point = _random.Next() * tokens.Sum(token => weights[token]);
        foreach (var token in tokens)
        {
            point -= weights[token];
            if (point < 0)
            {
                return token;
            }
        }

        return tokens[^1];
    }

    // The fewest tokens, the most probable first, that reach the share.
    private List<int> Cut(List<int> tokens, double[] weights)
    {
        var share = tokens.Sum(token => weights[token]) * _options.TopP;
        var most = MostProbable(tokens, weights, share);
        var count = 0;
        while (count < most.Count && (count == 0 || share > 0) && count < (_options.TopK ?? int.MaxValue))
        {
            share -= weights[most[count]];
            count++;
        }

        return most[..count];
    }

    // Sorts as many of the most probable tokens as can be needed: most of a vocabulary is far too improbable.
    private List<int> MostProbable(List<int> tokens, double[] weights, double share)
    {
        for (var least = 0.1; ; least /= 10)
        {
            var probable = tokens.FindAll(token => weights[token] >= least);
            if (probable.Count == tokens.Count
                || probable.Count >= _options.TopK
                || probable.Sum(token => weights[token]) > share)
            {
                probable.Sort((one, other) => weights[other].CompareTo(weights[one]) is not 0 and var order
                    ? order
                    : one.CompareTo(other));
                return probable;
            }
        }
    }
}
