using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Terroir.Server.Callers;

namespace Terroir.Server.Tests;

/// <summary>How many requests are worked on at once, with work that lasts until the test lets it end.</summary>
public sealed class AdmissionTests : IDisposable
{
    private const int Places = 2;
    private const int Held = Places + (Places * ServerLimits.WaitingPerPlace);

    private readonly Admission _admission =
        new(Options.Create(new ServerOptions { ConcurrentRequests = Places }));

    private readonly ServiceProvider _services =
        new ServiceCollection().AddLogging().AddProblemDetails().BuildServiceProvider();

    private readonly SemaphoreSlim _ends = new(0);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _admission.Dispose();
        _services.Dispose();
        _ends.Dispose();
    }

    [Fact]
    public async Task One_caller_gets_no_more_than_their_share()
    {
        var work = Hold("anna", Places);

        var refused = await SendAsync("anna", Stop);
        work.Add(SendAsync("olga", Stop));

        Assert.Equal(StatusCodes.Status429TooManyRequests, refused.StatusCode);
        Assert.False(work[^1].IsCompleted);
        _ends.Release(work.Count);
        Assert.All(await Task.WhenAll(work), response => Assert.Equal(200, response.StatusCode));
    }

    [Fact]
    public async Task Who_made_their_requests_of_the_minute_waits_and_others_do_not()
    {
        using var admission = new Admission(Options.Create(new ServerOptions { RequestsPerMinute = 1 }));
        var statuses = new List<int>();
        foreach (var caller in new[] { "anna", "anna", "olga" })
        {
            var context = new DefaultHttpContext { RequestServices = _services };
            await admission.AdmitAsync(context, caller, _ => Task.CompletedTask);
            statuses.Add(context.Response.StatusCode);
        }

        Assert.Equal([200, StatusCodes.Status429TooManyRequests, 200], statuses);
    }

    [Fact]
    public async Task When_too_many_wait_a_further_one_is_told_when_to_come_back()
    {
        var work = new List<Task<HttpResponse>>();
        while (work.Count < Held)
        {
            work.AddRange(Hold(work.Count.ToString(CultureInfo.InvariantCulture), Places));
        }

        var refused = await SendAsync("anna", Stop);

        Assert.Equal(StatusCodes.Status503ServiceUnavailable, refused.StatusCode);
        Assert.False(string.IsNullOrEmpty(refused.Headers.RetryAfter));
        _ends.Release(work.Count + 1);
        Assert.All(await Task.WhenAll(work), response => Assert.Equal(200, response.StatusCode));
        Assert.Equal(StatusCodes.Status200OK, (await SendAsync("anna", Stop)).StatusCode);
    }

    [Fact]
    public async Task Who_stops_waiting_leaves_the_queue()
    {
        var work = Hold("anna", Places);
        using var stop = new CancellationTokenSource();
        var waiting = SendAsync("olga", stop.Token);

        await stop.CancelAsync();

        _ = await Task.WhenAny(waiting);
        Assert.True(waiting.IsCanceled);
        _ends.Release(work.Count);
        _ = await Task.WhenAll(work);
    }

    private List<Task<HttpResponse>> Hold(string caller, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => SendAsync(caller, Stop))];

    private async Task<HttpResponse> SendAsync(string caller, CancellationToken aborted)
    {
        var context = new DefaultHttpContext { RequestServices = _services, RequestAborted = aborted };
        await _admission.AdmitAsync(context, caller, _ => _ends.WaitAsync(aborted));
        return context.Response;
    }
}
