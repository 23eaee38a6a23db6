using Terroir.Storage.Conformance;
using Terroir.Storage.Embedded;

namespace Terroir.Storage.Tests.Embedded;

public sealed class FolderObjectStoreConformanceTests : ObjectStoreConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override Task<IObjectStore> CreateAsync() =>
        Task.FromResult<IObjectStore>(new FolderObjectStore(_folder["objects"], TimeProvider.System));
}
