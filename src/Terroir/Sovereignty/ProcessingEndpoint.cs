using System.Collections.Immutable;

namespace Terroir.Sovereignty;

/// <summary>Where data would be processed.</summary>
/// <param name="Name">What the site calls it.</param>
/// <param name="IsLocal">Whether it is on this machine: what it is given does not leave.</param>
/// <param name="Operator">Who runs it.</param>
/// <param name="Law">The country whose law its operator follows (ISO 3166-1 alpha-2).</param>
/// <param name="Region">The country where it stands (ISO 3166-1 alpha-2).</param>
/// <param name="Certifications">Its certifications, such as <c>HDS</c> or <c>SecNumCloud</c>.</param>
/// <param name="CarbonGramsPerKilowattHour">The carbon intensity of its electricity, if known.</param>
public sealed record ProcessingEndpoint(
    string Name,
    bool IsLocal,
    string Operator,
    string Law,
    string Region,
    ImmutableSortedSet<string> Certifications,
    int? CarbonGramsPerKilowattHour);
