using Terroir.Inference.Onnx.Graph;
using Terroir.Inference.Onnx.Tests.Weights;
using Terroir.Inference.Onnx.Weights;

namespace Terroir.Inference.Onnx.Tests.Graph;

/// <summary>Frequencies against those of <c>modeling_rope_utils.py</c>, computed by a transcription of it in Python.
/// </summary>
public sealed class RotaryTableTests
{
    [Theory]
    [InlineData(0, 1.0)]
    [InlineData(10, 0.12868737343265052)]
    [InlineData(28, 0.003211445994752591)]
    [InlineData(31, 0.0008567514129196321)]
    [InlineData(34, 0.0001785078127679964)]
    [InlineData(36, 7.78465527393245e-05)]
    [InlineData(45, 1.2297638677963614e-05)]
    [InlineData(63, 3.068925988914511e-07)]
    public void Llama_3_1_divides_low_frequencies_by_eight(int index, double expected)
    {
        var (frequencies, magnitude) = RotaryTable.Frequencies(
            new RotaryShape
            {
                Base = 500_000,
                Scaling = RotaryScalingKind.Llama3,
                Factor = 8,
                OriginalContext = 8_192,
            },
            headSize: 128);

        Assert.Equal(expected, frequencies[index], expected * 1e-12);
        Assert.Equal(1, magnitude);
    }

    [Theory]
    [InlineData(0, 1.0)]
    [InlineData(10, 0.11547819846894582)]
    [InlineData(20, 0.01333521432163324)]
    [InlineData(24, 0.005375321490790102)]
    [InlineData(30, 0.001064360981247002)]
    [InlineData(35, 0.0002462584069089387)]
    [InlineData(40, 4.445698525097307e-05)]
    [InlineData(63, 3.102344401879299e-07)]
    public void Yarn_divides_by_turns_over_the_original_context(int index, double expected)
    {
        var (frequencies, magnitude) = RotaryTable.Frequencies(
            new RotaryShape
            {
                Base = 1_000_000,
                Scaling = RotaryScalingKind.Yarn,
                Factor = 4,
                OriginalContext = 32_768,
            },
            headSize: 128);

        Assert.Equal(expected, frequencies[index], expected * 1e-12);
        Assert.Equal(1.138629436111989, magnitude, 1e-12);
    }

    [Fact]
    public void Divisors_divide_each_frequency()
    {
        var rotary = new RotaryShape { Base = 100, Divisors = [1, 2] };

        Assert.Equal([1, 0.05], RotaryTable.Frequencies(rotary, headSize: 4).Frequencies);
    }

    [Fact]
    public void What_pads_a_head_does_not_turn()
    {
        var shape = TinyShapes.Small with { HeadSize = 10, Context = 3 };
        var (cosines, sines) = RotaryTable.Create(shape, storedHeadSize: 16);

        Assert.Equal(3 * 8, cosines.Length);
        for (var position = 0; position < 3; position++)
        {
            Assert.Equal(MathF.Cos(position), cosines[position * 8], 1e-6);
            Assert.Equal([1, 1, 1], cosines[((position * 8) + 5)..((position * 8) + 8)]);
            Assert.Equal([0, 0, 0], sines[((position * 8) + 5)..((position * 8) + 8)]);
        }
    }
}
