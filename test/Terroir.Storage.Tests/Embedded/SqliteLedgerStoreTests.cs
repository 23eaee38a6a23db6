using Terroir.Storage.Conformance;
using Terroir.Storage.Embedded;

namespace Terroir.Storage.Tests.Embedded;

public sealed class SqliteLedgerStoreTests : LedgerStoreConformance
{
    private readonly TemporaryFolder _folder = new();

    protected override Task<IMetastore> CreateAsync(TimeProvider timeProvider) =>
        Task.FromResult<IMetastore>(SqliteMetastore.Open(_folder["metastore.db"], timeProvider));

    protected override Task RemoveAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }
}
