using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Audit;
using Terroir.Provenance.Events;
using Terroir.Server.Egress;
using Terroir.Server.Sources;
using Terroir.Storage;

namespace Terroir.Server.Tests.Sources;

/// <summary>What connectors get of the machine: secrets, connections and their pace.</summary>
public sealed class ConnectorHostTests : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("terroir-test-");
    private readonly SiteFolder _site;
    private readonly Site _opened;

    public ConnectorHostTests()
    {
        _site = SiteFolder.Create(_folder.FullName);
        _opened = Site.Open(_folder.FullName, SharedReaders.Use);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _opened.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void A_secret_is_read_anew_each_time_without_its_line_break()
    {
        var path = Write("un secret\n", UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var host = HostOf();
        var first = host.ReadSecret("file:keys/s3.key");
        File.WriteAllText(path, "un autre\r\n");

        Assert.Equal(("un secret", "un autre"), (first, host.ReadSecret("file:keys/s3.key")));
        Assert.Equal("un autre", host.ReadSecret($"file:{path}"));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_secret_that_others_reach_is_refused_and_not_told(UnixFileMode other)
    {
        Write("un secret", UnixFileMode.UserRead | UnixFileMode.UserWrite | other);

        var failure = Assert.Throws<SourceUnavailableException>(() => HostOf().ReadSecret("file:keys/s3.key"));

        Assert.Contains("chmod 600", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("un secret", failure.ToString(), StringComparison.Ordinal);
        Assert.False(failure.IsTransient);
    }

    [Theory]
    [InlineData("file:keys/absent.key")]
    [InlineData("env:TERROIR_NO_SUCH_VARIABLE")]
    [InlineData("motdepasse")]
    public void What_is_no_secret_is_refused(string reference)
    {
        var failure = Assert.Throws<SourceUnavailableException>(() => HostOf().ReadSecret(reference));

        Assert.DoesNotContain("motdepasse", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_where_nobody_listens_is_an_error_with_its_name()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        var failure = await Assert.ThrowsAsync<IOException>(() =>
            HostOf().ConnectAsync("127.0.0.1", port, Stop).AsTask());

        Assert.Contains($"port {port}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_goes_through_a_bounded_connection_is_whole()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var sent = Enumerable.Range(0, 100_000).Select(number => (byte)(number * 31)).ToArray();
        var serving = Task.Run(
            async () =>
            {
                using var client = await listener.AcceptTcpClientAsync(Stop);
                await client.GetStream().WriteAsync(sent, Stop);
            },
            Stop);

        using var received = new MemoryStream();
        await using (var stream = await HostOf(bandwidth: 1 << 30).ConnectAsync(
            "127.0.0.1",
            ((IPEndPoint)listener.LocalEndpoint).Port,
            Stop))
        {
            await stream.CopyToAsync(received, Stop);
        }

        await serving;
        Assert.Equal(sent, received.ToArray());
    }

    [Fact]
    public async Task A_connection_is_logged_before_it_is_given_out_and_its_bytes_when_it_is_closed()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var place = $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        var host = HostOf();
        var stream = await host.ConnectAsync("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port, Stop);
        await using (stream)
        {
            using var server = await listener.AcceptTcpClientAsync(Stop);
            Assert.Equal([$"{place}\nopened"], await FindLoggedAsync(), StringComparer.Ordinal);

            await stream.WriteAsync("question"u8.ToArray(), Stop);
            await server.GetStream().WriteAsync("réponse"u8.ToArray(), Stop);
            await stream.ReadExactlyAsync(new byte["réponse"u8.Length], Stop);
        }

        await stream.DisposeAsync();
        await _opened.Services.GetRequiredService<EventLog>().WriteNotedAsync(Stop);
        Assert.Equal(
            [$"{place}\nopened", $"{place}\nclosed\nsent 8\nreceived 8"],
            await FindLoggedAsync(),
            StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_cannot_be_opened_is_no_event()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        await Assert.ThrowsAsync<IOException>(() => HostOf().ConnectAsync("127.0.0.1", port, Stop).AsTask());

        Assert.Empty(await FindLoggedAsync());
    }

    [Fact]
    public async Task What_a_connection_for_the_ledger_carried_is_told_when_the_next_one_opens()
    {
        var log = _opened.Services.GetRequiredService<EventLog>();
        var egress = new EgressConnections(log);
        for (var i = 0; i < 2; i++)
        {
            var stream = await egress.OpenForLedgerAsync(
                "witness",
                "other.example",
                443,
                _ => ValueTask.FromResult<Stream>(new MemoryStream()),
                Stop);
            await stream.WriteAsync(new byte[5], Stop);
            await stream.DisposeAsync();
        }

        await log.WriteNotedAsync(Stop);
        Assert.Equal(
            ["other.example:443\nopened", "other.example:443\nopened\nbefore\nsent 5\nreceived 0"],
            await FindLoggedAsync(),
            StringComparer.Ordinal);
    }

    [Fact]
    public void Bytes_are_spread_over_time_after_a_first_second()
    {
        var time = new StillTime();
        var throttle = new Throttle(1_000, time);

        var first = throttle.Count(1_000);
        var second = throttle.Count(500);
        time.Pass(TimeSpan.FromSeconds(10));
        var rested = throttle.Count(1_000);

        Assert.Equal((0, 0.5, 0), (first.TotalSeconds, second.TotalSeconds, rested.TotalSeconds));
    }

    private string Write(string text, UnixFileMode mode)
    {
        var path = Path.Combine(_site.Root, "keys", "s3.key");
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }

        return path;
    }

    private ConnectorHost HostOf(long? bandwidth = null) => new(
        new SourceRecord
        {
            Id = "source",
            Collection = new CollectionId("documents"),
            Kind = "s3",
            Location = "s3://soins/",
            Permissions = "file",
            BandwidthBytesPerSecond = bandwidth,
        },
        _site,
        new EgressConnections(_opened.Services.GetRequiredService<EventLog>()),
        TimeProvider.System);

    private async Task<IReadOnlyList<string>> FindLoggedAsync()
    {
        var ledger = _opened.Services.GetRequiredService<IMetastore>().Ledger;
        var rows = await ledger.FindAsync(new LedgerQuery { Kind = EventKinds.Sent }, Stop);
        return
        [
            .. rows.Select(placed => Encoding.UTF8.GetString(
                LedgerEvent.Parse(placed.Row.Kind, placed.Row.Time, placed.Row.Detail!)
                    .Subjects.Single().Opening!.Content)),
        ];
    }

    private sealed class StillTime : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Pass(TimeSpan time) => _ticks += time.Ticks;
    }
}
