using System.Runtime.InteropServices;
using CsCheck;
using Terroir.Inference.Onnx.Graph;
using Terroir.Inference.Onnx.Quantisation;
using Terroir.Inference.Onnx.Tests.Weights;
using Terroir.Inference.Onnx.Weights;

namespace Terroir.Inference.Onnx.Tests.Quantisation;

public sealed class MatrixStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(WeightType.Q40, WeightPrecision.Automatic, 4)]
    [InlineData(WeightType.Q40, WeightPrecision.FourBits32, 4)]
    [InlineData(WeightType.Q80, WeightPrecision.Automatic, 8)]
    [InlineData(WeightType.Q80, WeightPrecision.EightBits, 8)]
    public void Blocks_of_ggml_keep_every_bit(object type, WeightPrecision precision, int bits)
    {
        using var source = Open((WeightType)type);
        var tensor = source.GetTensor(TensorNames.OfLayer(0, TensorNames.Down));
        var (stored, values) = Store(tensor, precision);

        Assert.Equal(new BlockFormat(bits, 32), stored.Format);
        Assert.Equal(tensor.ReadAll(), values);
    }

    [Theory]
    [InlineData(WeightPrecision.EightBits)]
    [InlineData(WeightPrecision.FourBits32)]
    [InlineData(WeightPrecision.FourBits128)]
    public void A_number_moves_by_half_a_step_at_most(WeightPrecision precision) =>
        Gen.Float[-3, 3].Array[1, 300].Sample(
            row =>
            {
                var format = precision switch
                {
                    WeightPrecision.EightBits => new BlockFormat(8, 32),
                    WeightPrecision.FourBits32 => new BlockFormat(4, 32),
                    _ => new BlockFormat(4, 128),
                };
                var blocks = format.Blocks(row.Length);
                var (codes, scales) = (new byte[blocks * format.CodeBytes], new float[blocks]);
                BlockQuantiser.Quantise(format, row, codes, scales);
                var decoded = Decode(format, codes, scales, row.Length);
                for (var index = 0; index < row.Length; index++)
                {
                    // Of 4 bits, one end of the range lacks a code: a number there can move by a whole step.
                    var step = Math.Abs(scales[index / format.Length]) * (format.Bits == 4 ? 1 : 0.5f);

                    // A block of numbers below 4e-37 stands for zeros: the reciprocal of its step would not be finite.
                    var most = (step * 1.001f) + 4e-37f;
                    Assert.InRange(decoded[index], row[index] - most, row[index] + most);
                }
            },
            iter: 500,
            threads: 1);

    [Fact]
    public void What_fills_the_last_block_stands_for_zero()
    {
        var format = new BlockFormat(4, 32);
        var (codes, scales) = (new byte[16], new float[1]);
        BlockQuantiser.Quantise(format, [1, -2, 3], codes, scales);

        Assert.All(Decode(format, codes, scales, 32).Skip(3), value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_weight_that_is_no_finite_number_is_refused_by_its_tensor(float value)
    {
        var model = new TinyModel(TinyShapes.Small, seed: 1);
        var name = TensorNames.OfLayer(0, TensorNames.Up);
        model.Tensors[name].Values[100] = value;
        using var source = WeightSources.Open(SafetensorsFolder.Write(model, _folder.File("model")));
        var refusal = Assert.Throws<WeightsUnusableException>(() =>
            Store(source.GetTensor(name), WeightPrecision.Automatic));

        Assert.Equal(name, refusal.File);
    }

    private static float[] Decode(BlockFormat format, byte[] codes, float[] scales, int count) =>
    [
        .. Enumerable.Range(0, count).Select(index =>
        {
            var code = format.Bits == 8 ? codes[index] : (codes[index / 2] >> (index % 2 * 4)) & 15;
            return (code - format.Zero) * scales[index / format.Length];
        }),
    ];

    private IWeightSource Open(WeightType type)
    {
        var shape = TinyShapes.Small with { Hidden = 64, FeedForward = 96 };
        return WeightSources.Open(GgufBytes.Write(new TinyModel(shape, 3), _folder.File("model.gguf"), type));
    }

    private (StoredMatrix Stored, float[] Values) Store(WeightTensor tensor, WeightPrecision precision)
    {
        var path = _folder.File("data");
        StoredMatrix stored;
        using (var data = new ExternalData(path))
        {
            var meter = new ImportMeter(1, new Progress<ImportProgress>(), TestContext.Current.CancellationToken);
            var store = new MatrixStore(data, new ImportOptions { Precision = precision }, meter);
            stored = store.Write(new WeightMatrix(tensor), isLookup: false);
        }

        var bytes = File.ReadAllBytes(path);
        byte[] Range(StoredRange range) => bytes[(int)range.Offset..(int)(range.Offset + range.SizeBytes)];
        var scales = MemoryMarshal.Cast<byte, float>(Range(stored.Scales)).ToArray();
        return (stored, Decode(stored.Format!, Range(stored.Values), scales, tensor.Rows * tensor.Columns));
    }
}
