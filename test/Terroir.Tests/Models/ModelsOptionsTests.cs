using Terroir.Models;

namespace Terroir.Tests.Models;

public sealed class ModelsOptionsTests
{
    [Fact]
    public void A_site_without_a_model_needs_no_settings() => Assert.Empty(Check(new ModelsOptions()));

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var faults = Check(new ModelsOptions
        {
            Endpoint = "http://models.example.org/v1",
            AllowedHosts = ["*.example.org", "https://models.example.net"],
            OutputTokensMax = 0,
        });

        Assert.Equal(5, faults.Count);
        Assert.Contains(faults, fault => fault.Contains("'models.example.org'", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("Model is missing", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("'*.example.org'", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("'https://models.example.net'", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("OutputTokensMax", StringComparison.Ordinal));
    }

    [Fact]
    public void A_key_instead_of_a_reference_is_refused_and_not_repeated()
    {
        const string Key = "sk-1234567890";

        var fault = Assert.Single(Check(new ModelsOptions
        {
            Endpoint = "http://127.0.0.1:8080/v1",
            Model = "petit",
            ApiKey = Key,
        }));

        Assert.Contains("file:PATH", fault, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_without_a_hash_or_a_whole_path_is_refused_also_where_no_server_is_set()
    {
        var faults = Check(new ModelsOptions
        {
            ExecutionProviders =
            [
                new DeclaredExecutionProvider { Name = "npu", Library = "/opt/npu/libnpu.so", Sha256 = "12ab" },
                new DeclaredExecutionProvider { Name = "gpu", Library = "libgpu.so", Sha256 = new string('a', 64) },
                new DeclaredExecutionProvider
                {
                    Name = "good",
                    Library = "/opt/npu/libnpu.so",
                    Sha256 = new string('A', 64),
                },
            ],
        });

        Assert.Equal(2, faults.Count);
        Assert.Contains("ExecutionProviders:0:Sha256", faults[0], StringComparison.Ordinal);
        Assert.Contains("ExecutionProviders:1:Library", faults[1], StringComparison.Ordinal);
    }

    private static List<string> Check(ModelsOptions options) =>
        [.. new ModelsOptionsValidator().Validate(name: null, options).Failures ?? []];
}
