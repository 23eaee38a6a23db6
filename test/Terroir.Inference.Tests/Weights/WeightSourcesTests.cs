using Terroir.Inference.Onnx.Weights;

namespace Terroir.Inference.Onnx.Tests.Weights;

public sealed class WeightSourcesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("model.pt", "text")]
    [InlineData("model.PTH", "text")]
    [InlineData("model.ckpt", "text")]
    [InlineData("model.bin", "PK\u0003\u0004")]
    [InlineData("model.gguf", "\u0080\u0002}q")]
    public void A_pickle_is_refused_by_its_name_and_by_its_content(string name, string content)
    {
        File.WriteAllBytes(_folder.File(name), System.Text.Encoding.Latin1.GetBytes(content));

        Assert.Equal(WeightsProblem.Executable, Refusal(_folder.File(name)));
        Assert.Equal(WeightsProblem.Executable, Refusal(_folder.Path));
    }

    [Fact]
    public void What_is_no_model_is_refused()
    {
        File.WriteAllText(_folder.File("readme.md"), "a text that is longer than the header of any model file");

        Assert.Equal(WeightsProblem.UnknownFormat, Refusal(_folder.File("readme.md")));
        Assert.Equal(WeightsProblem.UnknownFormat, Refusal(_folder.Path));
        Assert.Equal(WeightsProblem.Missing, Refusal(_folder.File("absent")));
    }

    [Fact]
    public void A_llama2c_file_of_another_size_than_it_announces_is_refused()
    {
        var bytes = File.ReadAllBytes(SharedData.Model("stories260K/stories260K.bin"));
        File.WriteAllBytes(_folder.File("short.bin"), bytes[..^4]);
        File.WriteAllBytes(_folder.File("long.bin"), [.. bytes, 0]);

        Assert.Equal(WeightsProblem.UnknownFormat, Refusal(_folder.File("short.bin")));
        Assert.Equal(WeightsProblem.UnknownFormat, Refusal(_folder.File("long.bin")));
    }

    [Fact]
    public void A_model_is_the_same_in_both_of_its_formats()
    {
        using var one = WeightSources.Open(SharedData.Model("stories260K/stories260K.bin"));
        using var other = WeightSources.Open(SharedData.Model("stories260K/stories260K.gguf"));

        Assert.Equivalent(one.Shape, other.Shape);
        Assert.Equal(one.Names, other.Names);
        Assert.All(one.Names, name => Assert.Equal(one.GetTensor(name).ReadAll(), other.GetTensor(name).ReadAll()));
    }

    private static WeightsProblem Refusal(string path) =>
        Assert.Throws<WeightsUnusableException>(() => WeightSources.Open(path)).Problem;
}
