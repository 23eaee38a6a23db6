using CsCheck;
using Terroir.Inference.Onnx.Weights;
using Terroir.Inference.Onnx.Weights.Gguf;

namespace Terroir.Inference.Onnx.Tests.Weights;

public sealed class GgufSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TinyModel _model = new(TinyShapes.Small, seed: 1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_written_is_read()
    {
        using var source = WeightSources.Open(GgufBytes.Write(_model, _folder.File("model.gguf")));

        Assert.Equal(_model.Tensors.Keys, source.Names, StringComparer.Ordinal);
        Assert.Equivalent(
            TinyShapes.Small with { Rotary = TinyShapes.Small.Rotary with { Interleaved = true } },
            source.Shape);
        Assert.All(_model.Tensors, pair => Assert.Equal(pair.Value.Values, source.GetTensor(pair.Key).ReadAll()));
    }

    [Fact]
    public void Metadata_are_read_by_their_types()
    {
        var path = _folder.File("model.gguf");
        File.WriteAllBytes(path, GgufBytes.Of([("t", new[] { "é", "" }), ("n", 7u), ("f", 0.5f), ("s", "x")], []));
        using var file = GgufFile.Open(path);

        Assert.True(file.Metadata.TryGetStrings("t", out var texts));
        Assert.Equal(["é", ""], texts);
        Assert.Equal(7, file.Metadata.GetInteger("n"));
        Assert.True(file.Metadata.TryGetNumber("f", out var number));
        Assert.Equal(0.5, number);
        Assert.Equal("x", file.Metadata.GetString("s"));
        Assert.False(file.Metadata.TryGetString("n", out _));
        Assert.Equal(["f", "n", "s", "t"], file.Metadata.Keys);
    }

    [Fact]
    public void A_real_file_is_read()
    {
        using var source = GgufSource.Open(SharedData.Model("stories260K/stories260K.gguf"));

        Assert.Equal((5, 64, 8, 4, 512), (
            source.Shape.Layers,
            source.Shape.Hidden,
            source.Shape.Heads,
            source.Shape.KeyValueHeads,
            source.Shape.Vocabulary));
        Assert.Equal("llama", source.File.Metadata.GetString("tokenizer.ggml.model"));
    }

    [Fact]
    public void A_file_that_ends_anywhere_is_refused()
    {
        var path = GgufBytes.Write(_model, _folder.File("model.gguf"));
        var whole = File.ReadAllBytes(path);
        for (var size = 4; size < whole.Length; size += Math.Max(1, whole.Length / 997))
        {
            File.WriteAllBytes(path, whole[..size]);
            Assert.Equal(WeightsProblem.Truncated, Refusal(path));
        }
    }

    [Fact]
    public void Any_damage_is_refused_by_its_cause_or_does_not_matter()
    {
        var path = GgufBytes.Write(_model, _folder.File("model.gguf"));
        var whole = File.ReadAllBytes(path);
        Gen.Select(Gen.Int[4, 1_500], Gen.Byte).Sample(
            (at, value) =>
            {
                var damaged = whole.ToArray();
                damaged[at] = value;
                File.WriteAllBytes(path, damaged);
                try
                {
                    using var source = WeightSources.Open(path);
                    Assert.NotEmpty(source.Names);
                }
                catch (WeightsUnusableException exception)
                {
                    Assert.Equal("TER3101", exception.Code);
                }
            },
            iter: 2_000,
            threads: 1);
    }

    [Fact]
    public void Two_tensors_of_one_name_are_refused()
    {
        var bytes = new byte[8];
        Write([("a", WeightType.F32, [2], bytes), ("a", WeightType.F32, [2], bytes)]);

        Assert.Equal(WeightsProblem.Duplicate, Refusal(_folder.File("model.gguf")));
    }

    [Fact]
    public void Two_values_of_one_key_are_refused()
    {
        File.WriteAllBytes(_folder.File("model.gguf"), GgufBytes.Of([("a", 1u), ("a", 2u)], []));

        Assert.Equal(WeightsProblem.Duplicate, Refusal(_folder.File("model.gguf")));
    }

    [Fact]
    public void Tensors_that_share_bytes_are_refused()
    {
        Write([("a", WeightType.F32, [16], new byte[32]), ("b", WeightType.F32, [16], new byte[64])]);

        Assert.Equal(WeightsProblem.Overlapping, Refusal(_folder.File("model.gguf")));
    }

    [Fact]
    public void A_row_that_ends_in_a_block_is_refused()
    {
        Write([("a", WeightType.Q40, [2, 31], new byte[36])]);

        Assert.Equal(WeightsProblem.Malformed, Refusal(_folder.File("model.gguf")));
    }

    [Fact]
    public void Another_architecture_is_refused()
    {
        File.WriteAllBytes(_folder.File("model.gguf"), GgufBytes.Of([("general.architecture", "mamba")], []));

        Assert.Equal(WeightsProblem.UnsupportedArchitecture, Refusal(_folder.File("model.gguf")));
    }

    private static WeightsProblem Refusal(string path) =>
        Assert.Throws<WeightsUnusableException>(() => WeightSources.Open(path)).Problem;

    private void Write((string Name, WeightType Type, long[] Dimensions, byte[] Bytes)[] tensors) => File.WriteAllBytes(
        _folder.File("model.gguf"),
        GgufBytes.Of(GgufBytes.Metadata(TinyShapes.Small), tensors));
}
