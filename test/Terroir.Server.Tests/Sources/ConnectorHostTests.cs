using System.Net;
using System.Net.Sockets;
using Terroir.Server.Sources;
using Terroir.Storage;

namespace Terroir.Server.Tests.Sources;

/// <summary>What connectors get of the machine: secrets, connections and their pace.</summary>
public sealed class ConnectorHostTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("terroir-test-");
    private readonly SiteFolder _site;

    public ConnectorHostTests() => _site = SiteFolder.Create(_folder.FullName);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

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
            Assert.IsType<ThrottledStream>(stream);
            await stream.CopyToAsync(received, Stop);
        }

        await serving;
        Assert.Equal(sent, received.ToArray());
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
        TimeProvider.System);

    private sealed class StillTime : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Pass(TimeSpan time) => _ticks += time.Ticks;
    }
}
