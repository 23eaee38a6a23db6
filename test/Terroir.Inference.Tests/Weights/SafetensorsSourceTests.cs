using Terroir.Inference.Onnx.Weights;

namespace Terroir.Inference.Onnx.Tests.Weights;

public sealed class SafetensorsSourceTests : IDisposable
{
    private const string Tensor = """{"dtype":"F32","shape":[2],"data_offsets":[0,8]}""";

    private readonly TemporaryFolder _folder = new();
    private readonly TinyModel _model = new(TinyShapes.Small, seed: 1);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(WeightType.F32, 1, 0)]
    [InlineData(WeightType.F32, 3, 0)]
    [InlineData(WeightType.F16, 1, 0.001)]
    [InlineData(WeightType.Bf16, 2, 0.01)]
    public void What_was_written_is_read(object type, int files, float tolerance)
    {
        var path = SafetensorsFolder.Write(_model, _folder.File("model"), (WeightType)type, files);
        using var source = WeightSources.Open(path);

        Assert.Equal(_model.Tensors.Keys, source.Names, StringComparer.Ordinal);
        Assert.Equivalent(TinyShapes.Small, source.Shape);
        foreach (var (name, tensor) in _model.Tensors)
        {
            Assert.Equal(tensor.Dimensions, source.GetTensor(name).Dimensions);
            Assert.All(
                source.GetTensor(name).ReadAll().Zip(tensor.Values),
                pair => Assert.InRange(pair.First, pair.Second - tolerance, pair.Second + tolerance));
        }
    }

    [Theory]
    [InlineData("", 0, WeightsProblem.Malformed)]
    [InlineData("[]", 0, WeightsProblem.Malformed)]
    [InlineData("{", 0, WeightsProblem.Malformed)]
    [InlineData("""{"a":5}""", 8, WeightsProblem.Malformed)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2]}}""", 8, WeightsProblem.Malformed)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""", 8, WeightsProblem.Malformed)]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, WeightsProblem.Malformed)]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, WeightsProblem.Malformed)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, WeightsProblem.Malformed)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""", 8, WeightsProblem.Malformed)]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8]}}""",
        8,
        WeightsProblem.Malformed)]
    [InlineData($$"""{"a":{{Tensor}}}""", 4, WeightsProblem.Truncated)]
    [InlineData($$"""{"a":{{Tensor}}}""", 12, WeightsProblem.Malformed)]
    [InlineData($$"""{"a":{{Tensor}},"a":{{Tensor}}}""", 16, WeightsProblem.Duplicate)]
    [InlineData($$"""{"a":{{Tensor}},"b":{{Tensor}}}""", 16, WeightsProblem.Overlapping)]
    public void A_damaged_header_is_refused_by_its_cause(string header, int dataBytes, WeightsProblem expected)
    {
        var path = SafetensorsFolder.Write(_model, _folder.File("model"));
        File.WriteAllBytes(
            Path.Combine(path, "model.safetensors"),
            SafetensorsFolder.Bytes(header, new byte[dataBytes]));

        Assert.Equal(expected, Refusal(path));
    }

    [Fact]
    public void A_file_that_ends_anywhere_is_refused()
    {
        var path = SafetensorsFolder.Write(_model, _folder.File("model"));
        var file = Path.Combine(path, "model.safetensors");
        var whole = File.ReadAllBytes(file);
        for (var size = 0; size < whole.Length; size += Math.Max(1, whole.Length / 97))
        {
            File.WriteAllBytes(file, whole[..size]);
            Assert.Contains(Refusal(path), new[] { WeightsProblem.Truncated, WeightsProblem.Malformed });
        }
    }

    [Fact]
    public void A_header_of_absurd_length_is_refused()
    {
        var path = SafetensorsFolder.Write(_model, _folder.File("model"));
        File.WriteAllBytes(Path.Combine(path, "model.safetensors"), [.. Enumerable.Repeat((byte)0xff, 64)]);

        Assert.Equal(WeightsProblem.Malformed, Refusal(path));
    }

    [Theory]
    [InlineData("../other.safetensors")]
    [InlineData("/etc/other.safetensors")]
    [InlineData("other.bin")]
    [InlineData("")]
    public void An_index_names_no_file_but_weights_of_its_folder(string name)
    {
        var path = SafetensorsFolder.Write(_model, _folder.File("model"), files: 2);
        File.WriteAllText(
            Path.Combine(path, "model.safetensors.index.json"),
            $$$"""{"weight_map":{"a":"{{{name}}}"}}""");

        Assert.Equal(WeightsProblem.Malformed, Refusal(path));
    }

    [Theory]
    [InlineData("model_type", "\"gemma\"", WeightsProblem.UnsupportedArchitecture)]
    [InlineData("hidden_act", "\"gelu\"", WeightsProblem.UnsupportedArchitecture)]
    [InlineData("quantization_config", "{}", WeightsProblem.UnsupportedArchitecture)]
    [InlineData("rope_scaling", """{"rope_type":"longrope","factor":2}""", WeightsProblem.UnsupportedArchitecture)]
    [InlineData("hidden_size", "0", WeightsProblem.Malformed)]
    [InlineData("hidden_size", "\"many\"", WeightsProblem.Malformed)]
    [InlineData("num_hidden_layers", "1000000", WeightsProblem.Malformed)]
    [InlineData("num_key_value_heads", "3", WeightsProblem.Malformed)]
    [InlineData("head_dim", "7", WeightsProblem.Malformed)]
    [InlineData("rope_theta", "0", WeightsProblem.Malformed)]
    [InlineData("vocab_size", "null", WeightsProblem.Incomplete)]
    public void A_setting_that_cannot_be_is_refused(string key, string value, WeightsProblem expected)
    {
        var path = SafetensorsFolder.Write(_model, _folder.File("model"));
        var config = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(Path.Combine(path, "config.json")))!;
        config[key] = System.Text.Json.Nodes.JsonNode.Parse(value);
        File.WriteAllText(Path.Combine(path, "config.json"), config.ToJsonString());

        Assert.Equal(expected, Refusal(path));
    }

    private static WeightsProblem Refusal(string path) =>
        Assert.Throws<WeightsUnusableException>(() => WeightSources.Open(path)).Problem;
}
