using Terroir.Sovereignty;

namespace Terroir.Tests.Answers;

/// <summary>The policies that a test writes.</summary>
/// <param name="text">The policies; <see langword="null"/> for a site that has none.</param>
internal sealed class WrittenPolicies(string? text) : IProcessingPolicies
{
    public SitePolicies? Find() => text is null
        ? null
        : SitePolicies.Parse(new Dictionary<string, string>(StringComparer.Ordinal) { ["test.cedar"] = text });
}
