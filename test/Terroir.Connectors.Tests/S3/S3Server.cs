using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Terroir.Connectors.S3;

/// <summary>A strict server of one bucket, on a port of this machine: it checks signatures, pages, and refuses what it
/// does not know. It can do wrong on request.</summary>
internal sealed class S3Server : IAsyncDisposable
{
    public const string Bucket = "soins";
    public const string Region = "eu-west-3";
    public const string Id = "AKIDEXEMPLE";
    public const string Secret = "un-secret/de+test";

    private static readonly XNamespace Xml = "http://s3.amazonaws.com/doc/2006-03-01/";
    private static readonly string[] ListParameters =
        ["list-type", "prefix", "max-keys", "continuation-token", "x-id"];

    private readonly SortedDictionary<string, Stored> _objects = new(StringComparer.Ordinal);
    private readonly WebApplication _app;
    private int _second;

    private S3Server(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single();

    /// <summary>The token that requests must carry; <see langword="null"/> for none.</summary>
    public string? Session { get; set; }

    /// <summary>The most keys of a page.</summary>
    public int PageSize { get; set; } = 1_000;

    /// <summary>Answers in place of the server; returns whether it did.</summary>
    public Func<HttpContext, string, Task<bool>>? Meddle { get; set; }

    /// <summary>The requests so far.</summary>
    public List<string> Requests { get; } = [];

    public static async Task<S3Server> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new S3Server(app);
        app.Run(server.AnswerAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public void Put(string key, byte[] content)
    {
#pragma warning disable CA5351 // The tag of an object is its MD5, and the library compares the two.
        var tag = Convert.ToHexStringLower(MD5.HashData(content));
#pragma warning restore CA5351
        lock (_objects)
        {
            _objects[key] = new Stored(
                content,
                tag,
                DateTimeOffset.UnixEpoch.AddSeconds(++_second));
        }
    }

    public void Delete(string key)
    {
        lock (_objects)
        {
            _objects.Remove(key);
        }
    }

    public static Task RefuseAsync(HttpContext context, int status, string code)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/xml";
        return context.Response.WriteAsync(
            new XElement("Error", new XElement("Code", code), new XElement("Message", "No.")).ToString(),
            context.RequestAborted);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        var path = Uri.UnescapeDataString(
            context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget.Split('?')[0]);
        var key = path.Length > Bucket.Length + 2 ? path[(Bucket.Length + 2)..] : "";
        lock (Requests)
        {
            Requests.Add($"{request.Method} {key}");
        }

        if (new S3Signature(Id, Secret, Region, Session).FindFault(request) is { } fault)
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, fault);
        }
        else if (request.Method is not "GET" || request.Headers.ContentEncoding.Count > 0)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "InvalidRequest");
        }
        else if (Meddle is null || !await Meddle(context, key))
        {
            await (!path.StartsWith($"/{Bucket}", StringComparison.Ordinal)
                ? RefuseAsync(context, StatusCodes.Status404NotFound, "NoSuchBucket")
                : key.Length == 0 ? ListAsync(context) : GetAsync(context, key));
        }
    }

    private async Task ListAsync(HttpContext context)
    {
        var query = context.Request.Query;
        if (query["list-type"] != "2" || query.Keys.Any(name => !ListParameters.Contains(name)))
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "InvalidArgument");
            return;
        }

        var after = query["continuation-token"] is [{ } token]
            ? Encoding.UTF8.GetString(Convert.FromBase64String(token))
            : "";
        var most = Math.Min(PageSize, int.Parse(query["max-keys"]!, CultureInfo.InvariantCulture));
        KeyValuePair<string, Stored>[] found;
        lock (_objects)
        {
            found =
            [
                .. _objects.Where(pair => pair.Key.StartsWith(query["prefix"].ToString(), StringComparison.Ordinal)
                    && string.CompareOrdinal(pair.Key, after) > 0).Take(most + 1),
            ];
        }

        var page = found.Take(most).ToArray();
        var result = new XElement(
            Xml + "ListBucketResult",
            new XElement(Xml + "Name", Bucket),
            new XElement(Xml + "KeyCount", page.Length),
            new XElement(Xml + "IsTruncated", found.Length > most ? "true" : "false"),
            found.Length > most
                ? new XElement(
                    Xml + "NextContinuationToken",
                    Convert.ToBase64String(Encoding.UTF8.GetBytes(page[^1].Key)))
                : null,
            page.Select(pair => new XElement(
                Xml + "Contents",
                new XElement(Xml + "Key", pair.Key),
                new XElement(Xml + "LastModified", pair.Value.Modified.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", null)),
                new XElement(Xml + "ETag", $"\"{pair.Value.Tag}\""),
                new XElement(Xml + "Size", pair.Value.Content.Length),
                new XElement(Xml + "StorageClass", "STANDARD"))));
        context.Response.ContentType = "application/xml";
        await context.Response.WriteAsync(result.ToString(), context.RequestAborted);
    }

    private async Task GetAsync(HttpContext context, string key)
    {
        Stored? stored;
        lock (_objects)
        {
            stored = _objects.GetValueOrDefault(key);
        }

        if (stored is null)
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, "NoSuchKey");
            return;
        }

        if (context.Request.Headers.IfMatch is [{ } match]
            && !string.Equals(match.Trim('"'), stored.Tag, StringComparison.Ordinal))
        {
            await RefuseAsync(context, StatusCodes.Status412PreconditionFailed, "PreconditionFailed");
            return;
        }

        var content = stored.Content.AsMemory();
        if (context.Request.Headers.Range is [{ } range])
        {
            if (range is not "bytes=0-0" || content.Length == 0)
            {
                await RefuseAsync(context, StatusCodes.Status416RangeNotSatisfiable, "InvalidRange");
                return;
            }

            context.Response.StatusCode = StatusCodes.Status206PartialContent;
            context.Response.Headers.ContentRange = $"bytes 0-0/{content.Length}";
            content = content[..1];
        }

        context.Response.Headers.ETag = $"\"{stored.Tag}\"";
        context.Response.Headers.LastModified = stored.Modified.ToString("R", null);
        context.Response.ContentLength = content.Length;
        await context.Response.Body.WriteAsync(content, context.RequestAborted);
    }

    private sealed record Stored(byte[] Content, string Tag, DateTimeOffset Modified);
}
