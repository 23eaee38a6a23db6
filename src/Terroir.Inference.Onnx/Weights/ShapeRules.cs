namespace Terroir.Inference.Onnx.Weights;

/// <summary>The ranges that settings of a model must keep; above them a file is damaged or hostile.</summary>
internal static class ShapeRules
{
    private const int LayersMax = 1_000;
    private const int WidthMax = 1 << 20;
    private const int VocabularyMax = 1 << 22;
    private const int ContextMax = 1 << 20;

    /// <summary>Returns the shape that it was given, once every setting is in its range.</summary>
    /// <exception cref="WeightsUnusableException">A setting is out of range.</exception>
    public static ModelShape Check(string file, ModelShape shape)
    {
        Expect(file, shape.Layers is > 0 and <= LayersMax, "layers");
        Expect(file, shape.Hidden is > 0 and <= WidthMax, "hidden size");
        Expect(file, shape.FeedForward is > 0 and <= WidthMax, "feed-forward size");
        Expect(file, shape.Heads is > 0 and <= WidthMax, "heads");
        Expect(
            file,
            shape.KeyValueHeads > 0 && shape.KeyValueHeads <= shape.Heads && shape.Heads % shape.KeyValueHeads == 0,
            "key-value heads");
        Expect(file, shape.HeadSize is > 0 and <= 512 && shape.HeadSize % 2 == 0, "head size");
        Expect(file, shape.Vocabulary is > 0 and <= VocabularyMax, "vocabulary");
        Expect(file, shape.Context is > 0 and <= ContextMax, "context");
        Expect(file, shape.SlidingWindow is null or > 0, "sliding window");
        Expect(file, float.IsFinite(shape.NormEpsilon) && shape.NormEpsilon is >= 0 and < 1, "norm epsilon");
        CheckRotary(file, shape);
        return shape;
    }

    /// <summary>Returns the shape that it was given, once every setting is in its range.</summary>
    /// <exception cref="WeightsUnusableException">A setting is out of range.</exception>
    public static EncoderShape Check(string file, EncoderShape shape)
    {
        Expect(file, shape.Layers is > 0 and <= LayersMax, "layers");
        Expect(file, shape.Hidden is > 0 and <= WidthMax, "hidden size");
        Expect(file, shape.FeedForward is > 0 and <= WidthMax, "feed-forward size");
        Expect(file, shape.Heads > 0 && shape.Hidden % shape.Heads == 0, "heads");
        Expect(file, shape.Vocabulary is > 0 and <= VocabularyMax, "vocabulary");
        Expect(file, shape.FirstPosition >= 0 && shape.Positions <= ContextMax && shape.TokensMax > 0, "positions");
        Expect(file, shape.TokenTypes is > 0 and <= 16, "token types");
        Expect(file, float.IsFinite(shape.NormEpsilon) && shape.NormEpsilon is >= 0 and < 1, "norm epsilon");
        return shape;
    }

    private static void CheckRotary(string file, ModelShape shape)
    {
        var rotary = shape.Rotary;
        Expect(file, double.IsFinite(rotary.Base) && rotary.Base > 1, "rotary base");
        Expect(
            file,
            rotary.Divisors is null
                || (rotary.Divisors.Count == shape.HeadSize / 2
                    && rotary.Divisors.All(divisor => float.IsFinite(divisor) && divisor > 0)),
            "rotary divisors");
        Expect(
            file,
            rotary.Scaling == RotaryScalingKind.None
                || (double.IsFinite(rotary.Factor) && rotary.Factor >= 1 && rotary.OriginalContext >= 0),
            "rotary scaling");
        Expect(
            file,
            rotary.Scaling is RotaryScalingKind.None or RotaryScalingKind.Linear || rotary.OriginalContext > 0,
            "original context");
        Expect(
            file,
            rotary.LowFrequencyFactor > 0 && rotary.HighFrequencyFactor > rotary.LowFrequencyFactor
                && rotary.BetaSlow > 0 && rotary.BetaFast > rotary.BetaSlow,
            "rotary scaling");
    }

    private static void Expect(string file, bool holds, string setting)
    {
        if (!holds)
        {
            throw new WeightsUnusableException(file, WeightsProblem.Malformed, setting);
        }
    }
}
