using Terroir.Storage.Conformance;

namespace Terroir.Storage.Tests.Memory;

public sealed class MemoryLedgerStoreTests : LedgerStoreConformance
{
    protected override Task<IMetastore> CreateAsync(TimeProvider timeProvider) =>
        Task.FromResult<IMetastore>(new MemoryMetastore(timeProvider));
}
