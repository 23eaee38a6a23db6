using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Terroir.Server.Lineage;

namespace Terroir.Server.Tests.Lineage;

/// <summary>Sending of events: in order, again after a failure, and not what is wrong.</summary>
public sealed class RunEventSenderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("terroir-test-");
    private readonly Endpoint _endpoint = new();
    private readonly MovedTime _time = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private RunEventFiles Files => new(_folder.FullName, sizeMaxBytes: 1);

    [Fact]
    public async Task Events_are_sent_in_order_once_also_by_the_next_process()
    {
        var expected = await AppendAsync(1, 2, 7);
        Assert.Equal(6, await Sender().SendAsync(Stop));
        expected.AddRange(await AppendAsync(9));
        Assert.Equal(2, await Sender().SendAsync(Stop));

        Assert.Equal(0, await Sender().SendAsync(Stop));
        Assert.Equal(expected, _endpoint.Taken, StringComparer.Ordinal);
    }

    [Fact]
    public async Task After_a_failure_it_waits_longer_each_time_and_then_sends_the_same()
    {
        var expected = await AppendAsync(1);
        var sender = Sender();
        _endpoint.Status = HttpStatusCode.ServiceUnavailable;
        Assert.Equal(0, await sender.SendAsync(Stop));
        await sender.SendAsync(Stop);
        Assert.Equal(1, _endpoint.RequestCount);

        _time.Advance(TimeSpan.FromSeconds(1));
        await sender.SendAsync(Stop);
        Assert.Equal(2, _endpoint.RequestCount);
        _time.Advance(TimeSpan.FromSeconds(1));
        await sender.SendAsync(Stop);
        Assert.Equal(2, _endpoint.RequestCount);

        _endpoint.Status = HttpStatusCode.OK;
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, await sender.SendAsync(Stop));
        Assert.Equal(expected, _endpoint.Taken, StringComparer.Ordinal);
    }

    [Fact]
    public async Task What_the_endpoint_calls_wrong_is_left_out()
    {
        await AppendAsync(1);
        _endpoint.Status = HttpStatusCode.BadRequest;
        await Sender().SendAsync(Stop);
        var expected = await AppendAsync(2);
        _endpoint.Status = HttpStatusCode.Created;
        await Sender().SendAsync(Stop);

        Assert.Equal(expected, _endpoint.Taken, StringComparer.Ordinal);
    }

    public void Dispose()
    {
        _endpoint.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task<List<string>> AppendAsync(params int[] places)
    {
        var lines = RunEventFilesTests.Events(places);
        await Files.AppendAsync(places[0], lines, Stop);
        return [.. lines.Select(Encoding.UTF8.GetString)];
    }

    private RunEventSender Sender() => new(
        new HttpClient(_endpoint, disposeHandler: false),
        new Uri("http://127.0.0.1/api/v1/lineage"),
        Files,
        _folder.FullName,
        _time,
        NullLogger<RunEventSender>.Instance);

    private sealed class Endpoint : HttpMessageHandler
    {
        public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

        public int RequestCount { get; private set; }

        public List<string> Taken { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken)
        {
            RequestCount++;
            if ((int)Status < 300)
            {
                Taken.Add(await request.Content!.ReadAsStringAsync(cancellationToken));
            }

            return new HttpResponseMessage(Status);
        }
    }

    private sealed class MovedTime : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

        public void Advance(TimeSpan step) => _now += step;

        public override DateTimeOffset GetUtcNow() => _now;
    }
}
