using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Terroir.Storage;

namespace Terroir.Ingestion;

/// <summary>How long to wait before a source that failed is tried again: twice as long each time, within bounds, and a
/// little different for each source so that they do not all come at once. What the source itself says goes first.
/// </summary>
internal static class SourceBackoff
{
    /// <summary>The first wait after a synchronisation that failed.</summary>
    internal static readonly TimeSpan RunDelay = TimeSpan.FromMinutes(1);

    /// <summary>The longest wait after a synchronisation that failed.</summary>
    internal static readonly TimeSpan RunDelayMax = TimeSpan.FromHours(6);

    /// <summary>The first wait after a call that failed, within a synchronisation.</summary>
    internal static readonly TimeSpan CallDelay = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait within a synchronisation; a source that asks for more ends it.</summary>
    internal static readonly TimeSpan CallDelayMax = TimeSpan.FromMinutes(1);

    /// <summary>How often a call is tried within a synchronisation.</summary>
    internal const int CallCountMax = 6;

    private const double JitterShare = 0.5;

    /// <summary>Notes that a source could not be read.</summary>
    public static SourceRecord Fail(SourceRecord record, SourceUnavailableException exception, DateTimeOffset now)
    {
        var count = (record.Failure?.Count ?? 0) + 1;
        var delay = Longer(exception.RetryAfter, Delay(record.Id, count, RunDelay, RunDelayMax));
        return record with { Failure = new SourceFailure(count, now + delay, exception.Message) };
    }

    /// <summary>How long to wait before a call is tried again.</summary>
    /// <param name="name">What is tried; it decides the jitter.</param>
    /// <param name="count">How often it has failed, from 1.</param>
    /// <param name="exception">How it failed.</param>
    /// <returns>The wait, or <see langword="null"/> to give up.</returns>
    public static TimeSpan? DelayOfCall(string name, int count, SourceUnavailableException exception) =>
        !exception.IsTransient || count >= CallCountMax || exception.RetryAfter > CallDelayMax
            ? null
            : Longer(exception.RetryAfter, Delay(name, count, CallDelay, CallDelayMax));

    /// <summary>A wait that doubles with each failure, of which up to half is taken away by chance; the chance is
    /// made of the name, so that it can be told beforehand.</summary>
    internal static TimeSpan Delay(string name, int count, TimeSpan first, TimeSpan most)
    {
        var full = Math.Min(first.TotalSeconds * Math.Pow(2, Math.Min(count - 1, 30)), most.TotalSeconds);
        var seed = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{name}\n{count}"));
        var hash = Convert.FromHexString(ContentHash.Of(seed).Hex.AsSpan(0, 8));
        var chance = BinaryPrimitives.ReadUInt32BigEndian(hash) / (double)uint.MaxValue;
        return TimeSpan.FromSeconds(full * (1 - (JitterShare * chance)));
    }

    private static TimeSpan Longer(TimeSpan? asked, TimeSpan own) => asked > own ? asked.Value : own;
}
