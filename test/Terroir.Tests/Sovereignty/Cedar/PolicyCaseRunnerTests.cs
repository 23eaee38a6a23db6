using System.Formats.Tar;
using System.IO.Compression;
using Terroir.Sovereignty.Cedar;

namespace Terroir.Tests.Sovereignty.Cedar;

public sealed class PolicyCaseRunnerTests
{
    private const string Case = """
        {"policies": "some/where/a.cedar", "entities": "a.entities.json", "schema": "a.cedarschema",
         "shouldValidate": true, "requests": [
          {"description": "may read", "principal": {"type": "U", "id": "1"}, "action": {"type": "Action", "id": "read"},
           "resource": {"type": "U", "id": "2"}, "context": {}, "decision": "allow", "reason": ["policy0"],
           "errors": []}]}
        """;

    [Fact]
    public async Task All_public_cases_come_out_as_expected()
    {
        var report = await RunAsync(TestFolder.Data("vectors/cedar"));

        Assert.Equal([], report.Failures);
        Assert.True(report.Cases >= 1_032 && report.Requests >= 8_154, "Cases are missing.");
        Assert.Equal(report.Requests, report.Passed);
        Assert.Equal(report.Cases, report.Validations);
    }

    [Theory]
    [InlineData("permit(principal, action, resource);", 1, 0, 0)]
    [InlineData("forbid(principal, action, resource);", 0, 1, 0)]
    [InlineData("permit(principal, action, resource) when { 1 };", 0, 1, 1)]
    [InlineData("permit(principal, action, resource) when {", 0, 1, 0)]
    public async Task A_case_in_an_archive_counts_as_one_in_the_folder(
        string policies,
        int passed,
        int failed,
        int validationsFailed)
    {
        using var folder = new TestFolder();
        await using (var file = File.Create(Path.Combine(folder.Path, "corpus.tar.gz")))
        await using (var packed = new GZipStream(file, CompressionLevel.Fastest))
        await using (var archive = new TarWriter(packed))
        {
            foreach (var (name, text) in Files(policies))
            {
                await archive.WriteEntryAsync(
                    new PaxTarEntry(TarEntryType.RegularFile, name)
                    {
                        DataStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)),
                    },
                    TestContext.Current.CancellationToken);
            }
        }

        foreach (var (name, text) in Files(policies))
        {
            await File.WriteAllTextAsync(
                Path.Combine(folder.Path, name),
                text,
                TestContext.Current.CancellationToken);
        }

        var report = await RunAsync(folder.Path);

        Assert.Equal((2, 2), (report.Cases, report.Requests));
        Assert.Equal((2 * passed, 2 * failed), (report.Passed, report.Failed));
        Assert.Equal(2 * validationsFailed, report.ValidationsFailed);
        Assert.Equal(failed + validationsFailed == 0, report.IsPassed);
    }

    private static Dictionary<string, string> Files(string policies) => new(StringComparer.Ordinal)
    {
        ["a.json"] = Case,
        ["a.cedar"] = policies,
        ["a.entities.json"] = "[]",
        ["a.cedarschema"] = "entity U; action read appliesTo { principal: U, resource: U };",
    };

    private static Task<PolicyCaseReport> RunAsync(string folder) =>
        PolicyCaseRunner.RunAsync(folder, isTaken: null, TestContext.Current.CancellationToken);
}
