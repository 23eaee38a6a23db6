using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Terroir.Storage.Embedded;

namespace Terroir.Server.Lineage;

/// <summary>Sends events from their files to an endpoint, each at least once and in order; a run has one id however
/// often it is sent.</summary>
/// <remarks>How far it is stands in the file <c>sent</c>. What went with an old file is left out.</remarks>
internal sealed partial class RunEventSender(
    HttpClient client,
    Uri endpoint,
    RunEventFiles files,
    string folder,
    TimeProvider time,
    ILogger<RunEventSender> logger)
{
    /// <summary>How many events are sent before how far it is is noted.</summary>
    internal const int BatchCount = 100;

    private static readonly TimeSpan BackoffMin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BackoffMax = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ReplyTimeout = TimeSpan.FromSeconds(10);

    private readonly string _sentFile = Path.Combine(folder, "sent");
    private TimeSpan _backoff = BackoffMin;
    private DateTimeOffset _retryAt;

    /// <summary>Sends what was not sent yet, unless the endpoint failed a moment ago.</summary>
    /// <returns>How many events the endpoint took.</returns>
    public async Task<int> SendAsync(CancellationToken cancellationToken)
    {
        var count = 0;
        while (time.GetUtcNow() >= _retryAt && await NextAsync(cancellationToken) is { } batch)
        {
            var sent = batch.Start;
            foreach (var (line, end) in batch.Lines)
            {
                if (!await TrySendAsync(line, cancellationToken))
                {
                    Note(sent);
                    _retryAt = time.GetUtcNow() + _backoff;
                    _backoff = _backoff * 2 < BackoffMax ? _backoff * 2 : BackoffMax;
                    return count;
                }

                sent = sent with { Offset = end };
                count++;
            }

            _backoff = BackoffMin;
            Note(sent);
        }

        return count;
    }

    private async Task<(SentPlace Start, List<(byte[] Line, long End)> Lines)?> NextAsync(
        CancellationToken cancellationToken)
    {
        var sent = await ReadSentAsync(cancellationToken);
        foreach (var path in files.Files.Where(path =>
            string.CompareOrdinal(Path.GetFileName(path), sent.File) >= 0))
        {
            var name = Path.GetFileName(path);
            var start = new SentPlace(name, string.Equals(name, sent.File, StringComparison.Ordinal) ? sent.Offset : 0);
            var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
            if (ReadLines(bytes, start.Offset) is { Count: > 0 } lines)
            {
                return (start, lines);
            }
        }

        return null;
    }

    private static List<(byte[] Line, long End)> ReadLines(ReadOnlySpan<byte> bytes, long offset)
    {
        var lines = new List<(byte[], long)>();
        for (var start = (int)Math.Min(offset, bytes.Length);
            lines.Count < BatchCount && bytes[start..].IndexOf((byte)'\n') is >= 0 and var length;
            start += length + 1)
        {
            lines.Add((bytes.Slice(start, length).ToArray(), start + length + 1));
        }

        return lines;
    }

    // What the endpoint calls wrong stays wrong: it is left out, and the log says so.
    private async Task<bool> TrySendAsync(byte[] line, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(ReplyTimeout);
        try
        {
            using var content = new ByteArrayContent(line);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = content };
            using var response = await client.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                limit.Token);
            if ((int)response.StatusCode is >= 400 and < 500
                && response.StatusCode is not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests))
            {
                LogRefused((int)response.StatusCode);
                return true;
            }

            return response.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    private async Task<SentPlace> ReadSentAsync(CancellationToken cancellationToken)
    {
        try
        {
            return File.Exists(_sentFile)
                && JsonSerializer.Deserialize<SentPlace>(await File.ReadAllBytesAsync(_sentFile, cancellationToken))
                    is { File: not null } sent
                ? sent
                : new SentPlace("", 0);
        }
        catch (JsonException)
        {
            return new SentPlace("", 0);
        }
    }

    private void Note(SentPlace sent) =>
        DurableFile.Replace(_sentFile, JsonSerializer.SerializeToUtf8Bytes(sent), DurableFile.OwnerOnly);

    [LoggerMessage(6101, LogLevel.Warning, "the lineage endpoint refused an event (status {Status}); it is left out")]
    private partial void LogRefused(int status);

    private sealed record SentPlace(string File, long Offset);
}
