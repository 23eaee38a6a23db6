namespace Terroir.Acceptance.Tests;

/// <summary>Tests that share one site, each with people of its own in it.</summary>
[CollectionDefinition(nameof(GovernedSites))]
public sealed class GovernedSites : ICollectionFixture<GovernedSite>;
