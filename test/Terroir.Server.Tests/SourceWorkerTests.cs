using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Terroir.Storage;

namespace Terroir.Server.Tests;

public sealed class SourceWorkerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_source_that_was_stopped_goes_on_when_its_files_are_back()
    {
        await using var server = await TestServer.StartAsync();
        var worker = server.Services.GetServices<IHostedService>().OfType<SourceWorker>().Single();
        var sources = server.Services.GetRequiredService<IMetastore>().Sources;
        var folder = (await sources.ListSourcesAsync(Stop))[0].Location;
        Directory.Move(folder, folder + "-elsewhere");
        Directory.CreateDirectory(folder);

        await worker.SyncAllAsync(Stop);
        var stopped = (await sources.ListSourcesAsync(Stop))[0];
        Directory.Delete(folder);
        Directory.Move(folder + "-elsewhere", folder);
        await worker.SyncAllAsync(Stop);
        var going = (await sources.ListSourcesAsync(Stop))[0];

        Assert.NotNull(stopped.HeldReason);
        Assert.Null(going.HeldReason);
    }
}
