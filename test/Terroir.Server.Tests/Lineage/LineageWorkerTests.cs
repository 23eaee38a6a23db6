using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Terroir.Audit;
using Terroir.Server.Lineage;

namespace Terroir.Server.Tests.Lineage;

/// <summary>Events of a real site, and the settings that say whether and where.</summary>
public sealed class LineageWorkerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_site_that_writes_events_has_those_of_ingestion_indexing_and_answers()
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Terroir:Lineage:Events"] = "true",
            ["Terroir:Lineage:Interval"] = "01:00:00",
        };
        await using var server = await TestServer.StartAsync(settings: settings);
        using (await server.PostAsync("/api/ask", new { question = "Où se retire le badge provisoire ?" }))
        {
        }

        await server.Services.GetRequiredService<ILedger>().FlushAsync(Stop);
        var worker = server.Services.GetServices<IHostedService>().OfType<LineageWorker>().Single();
        await worker.RunAsync(Stop);

        var lines = Directory.GetFiles(server.Folder.LineageFolder, "*.jsonl").SelectMany(File.ReadLines);
        var jobs = lines.Select(line => JsonSerializer.Deserialize<JsonElement>(line).GetProperty("job"))
            .Select(job => job.GetProperty("name").GetString()!.Split('/')[0])
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
        Assert.Equal(["answer", "index", "ingest"], jobs, StringComparer.Ordinal);
    }

    [Fact]
    public async Task By_default_nothing_is_written()
    {
        await using var server = await TestServer.StartAsync();

        Assert.False(Directory.Exists(server.Folder.LineageFolder));
    }

    [Theory]
    [InlineData("http://127.0.0.1:5000/api/v1/lineage", "", null)]
    [InlineData("https://lineage.example/api/v1/lineage", "lineage.example", null)]
    [InlineData("https://lineage.example/api/v1/lineage", "", "AllowedHosts")]
    [InlineData("http://lineage.example/api/v1/lineage", "lineage.example", "https://")]
    [InlineData("ftp://127.0.0.1/", "", "no address")]
    public void An_endpoint_is_on_this_machine_or_allowed_by_name(string endpoint, string allowed, string? fault)
    {
        var options = new LineageOptions
        {
            Events = true,
            Endpoint = endpoint,
            AllowedHosts = allowed.Length == 0 ? [] : [allowed],
        };

        var found = options.FindFault();

        Assert.Equal(fault is null, found is null);
        Assert.Contains(fault ?? "", found ?? "", StringComparison.Ordinal);
    }
}
