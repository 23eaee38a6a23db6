using ArchUnitNET.Loader;
using static ArchUnitNET.Fluent.ArchRuleDefinition;
using Assembly = System.Reflection.Assembly;

namespace Terroir.Architecture.Tests;

/// <summary>The arrows of ARCHITECTURE.md, as tests.</summary>
public sealed class DependencyRules
{
    private static readonly Assembly Contracts = typeof(TerroirException).Assembly;
    private static readonly Assembly Provenance = Assembly.Load("Terroir.Provenance");
    private static readonly Assembly Engine = typeof(Retrieval.IRetriever).Assembly;

    private static readonly ArchUnitNET.Domain.Architecture Product =
        new ArchLoader().LoadAssemblies(Contracts, Engine).Build();

    /// <summary>The slices that a slice may use; any other arrow is a fault. A table without a cycle allows
    /// none.</summary>
    private static readonly Dictionary<string, string[]> Arrows = new(StringComparer.Ordinal)
    {
        ["Catalog"] = [],
        ["Access"] = [],
        ["Audit"] = [],
        ["Lineage"] = ["Catalog", "Access", "Audit"],
        ["Languages"] = [],
        ["Protection"] = [],
        ["Kinship"] = ["Catalog"],
        ["Ingestion"] = ["Catalog", "Access", "Audit", "Languages", "Kinship"],
        ["Retrieval"] = ["Catalog", "Access", "Kinship"],
        ["Retention"] = ["Catalog", "Protection", "Audit"],
        ["Energy"] = [],
        ["Models"] = ["Energy"],
        ["Sovereignty"] = [],
        ["Answers"] =
        [
            "Retrieval", "Models", "Sovereignty", "Protection", "Energy", "Catalog", "Access", "Audit", "Languages",
            "Kinship",
        ],
    };

    public static TheoryData<string> Providers =>
        ["Terroir.Storage.Embedded", "Terroir.Readers", "Terroir.Connectors", "Terroir.Inference.Onnx"];

    public static TheoryData<string> SliceNames => [.. Arrows.Keys];

    [Fact]
    public void Contracts_reference_nothing_but_the_base_library() =>
        Assert.All(References(Contracts), name => Assert.StartsWith("System.", name, StringComparison.Ordinal));

    [Fact]
    public void Provenance_references_no_engine_and_no_provider() =>
        Assert.DoesNotContain(References(Provenance), name =>
            name.StartsWith("Terroir", StringComparison.Ordinal)
            && !string.Equals(name, "Terroir.Abstractions", StringComparison.Ordinal));

    [Fact]
    public void The_engine_references_no_storage_engine_no_reader_no_model_server_and_no_web_framework() =>
        Assert.DoesNotContain(References(Engine), name =>
            name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
            || name.StartsWith("Microsoft.Data", StringComparison.Ordinal)
            || name.StartsWith("OpenAI", StringComparison.Ordinal)
            || name.StartsWith("System.ClientModel", StringComparison.Ordinal)
            || name.StartsWith("Terroir.Storage", StringComparison.Ordinal)
            || name.StartsWith("Terroir.Readers", StringComparison.Ordinal)
            || name.StartsWith("Microsoft.ML", StringComparison.Ordinal)
            || name.StartsWith("Terroir.Inference", StringComparison.Ordinal)
            || name.StartsWith("Terroir.Connectors", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Providers))]
    public void A_provider_knows_only_the_contracts(string provider) =>
        Assert.All(
            References(Assembly.Load(provider)).Where(name => name.StartsWith("Terroir", StringComparison.Ordinal)),
            name => Assert.Equal("Terroir.Abstractions", name));

    [Theory]
    [MemberData(nameof(SliceNames))]
    public void A_slice_uses_only_the_slices_it_may(string slice)
    {
        foreach (var other in Arrows.Keys.Where(other => !IsAllowed(slice, other)))
        {
            var rule = Types().That().ResideInNamespaceMatching($@"^Terroir\.{slice}(\.|$)").Should().NotDependOnAny(
                Types().That().ResideInNamespaceMatching($@"^Terroir\.{other}(\.|$)").As(other));

            Assert.True(rule.HasNoViolations(Product), Explain(rule));
        }
    }

    [Fact]
    public void Every_folder_of_the_engine_is_a_slice_of_the_map()
    {
        var folders = Directory.GetDirectories(Path.Combine(RepositoryFiles.Root, "src", "Terroir"))
            .Select(folder => Path.GetFileName(folder)!)
            .Where(name => name is not "obj" and not "bin");

        Assert.Equal(Arrows.Keys.Order(StringComparer.Ordinal), folders.Order(StringComparer.Ordinal));
    }

    private static bool IsAllowed(string slice, string other) =>
        string.Equals(slice, other, StringComparison.Ordinal)
        || Arrows[slice].Contains(other, StringComparer.Ordinal);

    private static IEnumerable<string> References(Assembly assembly) =>
        assembly.GetReferencedAssemblies().Select(name => name.Name!);

    private static string Explain(ArchUnitNET.Fluent.Syntax.Elements.Types.TypesShouldConjunction rule) =>
        string.Join(Environment.NewLine, rule.Evaluate(Product).Where(r => !r.Passed).Select(r => r.Description));
}
