using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Terroir.Storage.Conformance;
using Terroir.Storage.Embedded;

namespace Terroir.Storage.Tests.Model;

/// <summary>The SQLite store answers as the reference in memory does, whatever is asked in whatever order.</summary>
public sealed class MetastoresAgreeTests
{
    private const int LifeCount = 60;

    private static readonly DateTimeOffset Start = new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public Task Every_life_is_the_same_in_both() =>
        MetastoreStep.Life.SampleAsync(
            async steps =>
            {
                var (time, referenceTime) = (new FakeTimeProvider(Start), new FakeTimeProvider(Start));
                using var folder = new TemporaryFolder();
                await using var store = SqliteMetastore.Open(folder["metastore.db"], time);
                await using var reference = new MemoryMetastore(referenceTime);
                foreach (var each in new IMetastore[] { store, reference })
                {
                    await each.Catalog.CreateCollectionAsync(new CollectionId("a"), CancellationToken.None);
                    await each.Catalog.CreateCollectionAsync(new CollectionId("b"), CancellationToken.None);
                }

                var (life, expected) = (new MetastoreLife(store, time.Advance),
                    new MetastoreLife(reference, referenceTime.Advance));
                foreach (var step in Begin.Concat(steps))
                {
                    Assert.Equal(await expected.PlayAsync(step), await life.PlayAsync(step));
                }
            },
            iter: LifeCount);

    // The first writer holds both collections.
    private static IEnumerable<MetastoreStep> Begin =>
    [
        new MetastoreStep(StepKind.Acquire, 0, 0, 0, 0, 0),
        new MetastoreStep(StepKind.Acquire, 1, 0, 0, 0, 0),
    ];
}
