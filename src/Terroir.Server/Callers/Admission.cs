using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Terroir.Server.Problems;

namespace Terroir.Server.Callers;

/// <summary>Bounds how many requests work at once, how many of them are one caller's, and how many a caller makes in a
/// minute.</summary>
/// <remarks>
/// A request that finds all places taken waits its turn; when too many wait, it is told to come back (503). One caller
/// holds at most as many requests, at work or waiting, as there are places (429), so a fifth of what the site holds is
/// the most that one of them can keep from the others.
/// </remarks>
internal sealed class Admission : IDisposable
{
    private const int RetrySeconds = 5;

    private readonly ConcurrencyLimiter _places;
    private readonly PartitionedRateLimiter<string> _shares;
    private readonly PartitionedRateLimiter<string> _rates;

    public Admission(IOptions<ServerOptions> options)
    {
        var count = options.Value.ConcurrentRequests;
        _places = new ConcurrencyLimiter(new ConcurrencyLimiterOptions
        {
            PermitLimit = count,
            QueueLimit = count * ServerLimits.WaitingPerPlace,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
        _shares = PartitionedRateLimiter.Create<string, string>(
            caller => RateLimitPartition.GetConcurrencyLimiter(
                caller,
                _ => new ConcurrencyLimiterOptions { PermitLimit = count }),
            StringComparer.Ordinal);
        var perMinute = options.Value.RequestsPerMinute;
        _rates = PartitionedRateLimiter.Create<string, string>(
            caller => RateLimitPartition.GetTokenBucketLimiter(
                caller,
                _ => new TokenBucketRateLimiterOptions
                {
                    TokenLimit = perMinute,
                    TokensPerPeriod = 1,
                    ReplenishmentPeriod = TimeSpan.FromMinutes(1) / perMinute,
                }),
            StringComparer.Ordinal);
    }

    /// <summary>Lets a request of a caller through when there is room, else refuses it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="caller">Whose it is; empty for an operator who named nobody.</param>
    /// <param name="next">What works on it.</param>
    public async Task AdmitAsync(HttpContext context, string caller, RequestDelegate next)
    {
        using var rate = _rates.AttemptAcquire(caller);
        if (!rate.IsAcquired)
        {
            await RefuseAsync(
                context,
                StatusCodes.Status429TooManyRequests,
                "You made too many requests in the last minute. Wait a little.");
            return;
        }

        using var share = _shares.AttemptAcquire(caller);
        if (!share.IsAcquired)
        {
            await RefuseAsync(
                context,
                StatusCodes.Status429TooManyRequests,
                "Too many requests of yours are at work already. Wait for their answers.");
            return;
        }

        using var place = await _places.AcquireAsync(permitCount: 1, context.RequestAborted);
        if (!place.IsAcquired)
        {
            await RefuseAsync(
                context,
                StatusCodes.Status503ServiceUnavailable,
                "The site is busy. Try again in a few seconds.");
            return;
        }

        await next(context);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _places.Dispose();
        _shares.Dispose();
        _rates.Dispose();
    }

    private static Task RefuseAsync(HttpContext context, int status, string reason)
    {
        context.Response.Headers.RetryAfter = RetrySeconds.ToString(CultureInfo.InvariantCulture);
        return ProblemResponse.WriteAsync(context, status, reason);
    }
}
