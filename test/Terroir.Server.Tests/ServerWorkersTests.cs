using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Terroir.Server.Tests;

public sealed class ServerWorkersTests
{
    [Theory]
    [InlineData("CatalogWorker")]
    [InlineData("EmbeddingWorker")]
    [InlineData("LedgerWorker")]
    [InlineData("RetentionWorker")]
    [InlineData("SourceWorker")]
    public async Task A_running_server_does_by_itself_what_would_pile_up(string worker)
    {
        await using var server = await TestServer.StartAsync();

        Assert.Contains(
            server.Services.GetServices<IHostedService>(),
            service => string.Equals(service.GetType().Name, worker, StringComparison.Ordinal));
    }
}
