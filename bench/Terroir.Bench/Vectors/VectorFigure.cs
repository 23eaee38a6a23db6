using System.Text.Json.Serialization;

namespace Terroir.Bench.Vectors;

/// <summary>One measurement.</summary>
internal sealed record VectorFigure(
    string Engine,
    string Work,
    string Filter,
    string Setting,
    double QpsCpu,
    double Recall,
    double? Ndcg,
    double? BuildCpuSeconds,
    double? ResidentBytesPerVector,
    double? Ratio)
{
    /// <summary>What <c>ratio</c> divides by.</summary>
    [JsonPropertyName("ratioTo")]
    public string? RatioTo { get; init; }

    /// <summary>Whether it was measured under a filter.</summary>
    public bool Has(string filter) => string.Equals(Filter, filter, StringComparison.Ordinal);
}
