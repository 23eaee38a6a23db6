using Terroir.Storage.Conformance;

namespace Terroir.Storage.Tests.Memory;

public sealed class MemoryObjectStoreTests : ObjectStoreConformance
{
    protected override Task<IObjectStore> CreateAsync() =>
        Task.FromResult<IObjectStore>(new MemoryObjectStore(TimeProvider.System));
}
