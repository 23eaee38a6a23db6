namespace Terroir.Server.Tests.Models;

/// <summary>A site and its model server, for all tests of a class, which run one after the other.</summary>
public sealed class ModelSite : IAsyncLifetime
{
    internal FakeModelServer Model { get; private set; } = null!;

    internal TestServer Site { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Model = await FakeModelServer.StartAsync();
        Site = await TestServer.StartAsync(isDemo: true, settings: Model.Settings);
    }

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        await Model.DisposeAsync();
    }
}
