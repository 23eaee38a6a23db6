using Terroir.Inference.Onnx.Weights;

namespace Terroir.Inference.Onnx.Graph;

/// <summary>The cosines and sines of every position.</summary>
/// <remarks>Scaling is that of <c>modeling_rope_utils.py</c> of Transformers. Computed in binary64.</remarks>
internal static class RotaryTable
{
    /// <summary>Returns the frequencies in radians a token, half a head of them, and what cosines and sines are
    /// multiplied by.</summary>
    public static (double[] Frequencies, double Magnitude) Frequencies(RotaryShape rotary, int headSize)
    {
        var frequencies = new double[headSize / 2];
        for (var index = 0; index < frequencies.Length; index++)
        {
            var frequency = Math.Pow(rotary.Base, -2.0 * index / headSize);
            frequencies[index] = rotary.Scaling switch
            {
                RotaryScalingKind.Linear => frequency / rotary.Factor,
                RotaryScalingKind.Llama3 => ScaleLlama3(rotary, frequency),
                RotaryScalingKind.Yarn => ScaleYarn(rotary, frequency, index, headSize),
                _ => frequency,
            };
            frequencies[index] /= rotary.Divisors?[index] ?? 1;
        }

        var magnitude = rotary.Scaling == RotaryScalingKind.Yarn
            ? rotary.AttentionFactor ?? ((0.1 * Math.Log(rotary.Factor)) + 1)
            : 1;
        return (frequencies, magnitude);
    }

    /// <summary>Returns both tables, (positions, half of the stored head); components that pad a head do not
    /// turn.</summary>
    public static (float[] Cosines, float[] Sines) Create(ModelShape shape, int storedHeadSize)
    {
        var (frequencies, magnitude) = Frequencies(shape.Rotary, shape.HeadSize);
        var width = storedHeadSize / 2;
        var cosines = new float[checked(shape.Context * width)];
        var sines = new float[cosines.Length];
        for (var position = 0; position < shape.Context; position++)
        {
            for (var index = 0; index < width; index++)
            {
                var angle = index < frequencies.Length ? position * frequencies[index] : 0;
                cosines[(position * width) + index] = (float)(Math.Cos(angle) * magnitude);
                sines[(position * width) + index] = (float)(Math.Sin(angle) * magnitude);
            }
        }

        return (cosines, sines);
    }

    private static double ScaleLlama3(RotaryShape rotary, double frequency)
    {
        var wavelength = 2 * Math.PI / frequency;
        if (wavelength < rotary.OriginalContext / rotary.HighFrequencyFactor)
        {
            return frequency;
        }

        if (wavelength > rotary.OriginalContext / rotary.LowFrequencyFactor)
        {
            return frequency / rotary.Factor;
        }

        var kept = ((rotary.OriginalContext / wavelength) - rotary.LowFrequencyFactor)
            / (rotary.HighFrequencyFactor - rotary.LowFrequencyFactor);
        return ((1 - kept) * frequency / rotary.Factor) + (kept * frequency);
    }

    private static double ScaleYarn(RotaryShape rotary, double frequency, int index, int headSize)
    {
        double Component(double turns) => headSize * Math.Log(rotary.OriginalContext / (turns * 2 * Math.PI))
            / (2 * Math.Log(rotary.Base));
        var low = Math.Max(Math.Floor(Component(rotary.BetaFast)), 0);
        var high = Math.Min(Math.Ceiling(Component(rotary.BetaSlow)), headSize - 1);
        var divided = Math.Clamp((index - low) / (high > low ? high - low : 0.001), 0, 1);
        return (frequency / rotary.Factor * divided) + (frequency * (1 - divided));
    }
}
