using System.Globalization;
using System.Net;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Terroir.Connectors.WebDav;

/// <summary>A WebDAV server over real HTTP that refuses what RFC 4918 and RFC 6578 do not allow. Names are as in an
/// address: percent-encoded.</summary>
internal sealed class DavServer : IAsyncDisposable
{
    private static readonly XNamespace Dav = "DAV:";
    private static readonly XNamespace Owncloud = "http://owncloud.org/ns";

    private readonly WebApplication _app;
    private readonly SortedDictionary<string, DavFile> _files = new(StringComparer.Ordinal);
    private readonly List<(string Path, bool IsGone)> _changes = [];

    private DavServer(WebApplication app)
    {
        _app = app;
        app.Run(AnswerAsync);
    }

    public string Url => _app.Urls.Single() + "/dav/";

    public string? User { get; set; } = "terroir:p4ss:wört";

    public bool HasChanges { get; set; }

    /// <summary>How many answers of a report are in one part.</summary>
    public int ReportSizeMax { get; set; } = 100;

    /// <summary>Tokens below it are forgotten.</summary>
    public int TokenMin { get; set; }

    /// <summary>What is answered in place of everything, by path.</summary>
    public Dictionary<string, Func<HttpContext, Task>> Instead { get; } = new(StringComparer.Ordinal);

    public List<string> Requests { get; } = [];

    public static async Task<DavServer> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        var server = new DavServer(builder.Build());
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public void Put(string path, string text, string? tag = null, string? fileId = null) =>
        Put(path, Encoding.UTF8.GetBytes(text), tag, fileId);

    public void Put(string path, byte[] content, string? tag = null, string? fileId = null)
    {
        _files[path] = new DavFile(content, tag ?? $"\"{_changes.Count}\"", fileId);
        _changes.Add((path, false));
    }

    public void MakeFolder(string path)
    {
        if (_files.ContainsKey(path))
        {
            return;
        }

        _files[path] = new DavFile([], "", null) { IsFolder = true };
        _changes.Add((path, false));
    }

    public void Delete(string path)
    {
        _files.Remove(path);
        _changes.Add((path, true));
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        lock (Requests)
        {
            Requests.Add($"{context.Request.Method} {target}");
        }

        var header = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(User ?? ""))}";
        if (User is not null && !string.Equals(context.Request.Headers.Authorization, header, StringComparison.Ordinal))
        {
            context.Response.StatusCode = 401;
        }
        else if (Instead.TryGetValue(target, out var instead))
        {
            await instead(context);
        }
        else if (!target.StartsWith("/dav/", StringComparison.Ordinal) || !target.IsAsciiOnly())
        {
            context.Response.StatusCode = 404;
        }
        else
        {
            await AnswerAsync(context, target["/dav/".Length..]);
        }
    }

    private Task AnswerAsync(HttpContext context, string path) => context.Request.Method switch
    {
        "PROPFIND" => FindAsync(context, path),
        "REPORT" when HasChanges => ReportAsync(context),
        "GET" => GetAsync(context, path),
        _ => Refuse(context, 405),
    };

    private async Task FindAsync(HttpContext context, string path)
    {
        var body = await XDocument.LoadAsync(context.Request.Body, LoadOptions.None, context.RequestAborted);
        string? depth = context.Request.Headers["Depth"];
        var folder = path.TrimEnd('/');
        if (body.Root?.Name != Dav + "propfind" || depth is not ("0" or "1"))
        {
            await Refuse(context, 400);
        }
        else if (folder.Length > 0 && !_files.ContainsKey(folder))
        {
            await Refuse(context, 404);
        }
        else if (folder.Length > 0 && _files[folder].IsFolder && !path.EndsWith('/'))
        {
            context.Response.Headers.Location = context.Request.Path + "/";
            await Refuse(context, 301);
        }
        else
        {
            var below = _files.Where(
                file => depth is "1" && string.Equals(Parent(file.Key), folder, StringComparison.Ordinal));
            var own = folder.Length == 0 ? Describe("", new DavFile([], "", null) { IsFolder = true })
                : Describe(folder, _files[folder]);
            await WriteAsync(context, [own, .. below.Select(file => Describe(file.Key, file.Value))]);
        }
    }

    private async Task ReportAsync(HttpContext context)
    {
        var body = await XDocument.LoadAsync(context.Request.Body, LoadOptions.None, context.RequestAborted);
        var token = body.Root?.Element(Dav + "sync-token")?.Value ?? "";
        if (body.Root?.Name != Dav + "sync-collection" || body.Root.Element(Dav + "sync-level")?.Value is not "infinite"
            || !token.StartsWith("urn:token:", StringComparison.Ordinal)
            || int.Parse(token["urn:token:".Length..], CultureInfo.InvariantCulture) is var since && since < TokenMin)
        {
            await Refuse(context, 403);
            return;
        }

        var told = _changes.Skip(since).Take(ReportSizeMax).ToArray();
        var isCut = since + told.Length < _changes.Count;
        var responses = told.Select(change => change.Path).Distinct(StringComparer.Ordinal).Select(path =>
            _files.TryGetValue(path, out var file)
                ? Describe(path, file)
                : new XElement(Dav + "response", Href(path, false), Status(404)));
        var cut = isCut ? new XElement(Dav + "response", Href("", true), Status(507)) : null;
        await WriteAsync(
            context,
            [.. responses, cut!, new XElement(Dav + "sync-token", $"urn:token:{since + told.Length}")]);
    }

    private async Task GetAsync(HttpContext context, string path)
    {
        if (!_files.TryGetValue(path, out var file) || file.IsFolder)
        {
            await Refuse(context, 404);
            return;
        }

        string? condition = context.Request.Headers.IfMatch;
        // The strong comparison: a weak tag never matches.
        if (condition is not null && !string.Equals(condition, file.Tag, StringComparison.Ordinal))
        {
            await Refuse(context, 412);
            return;
        }

        context.Response.Headers.ETag = file.Tag;
        await context.Response.Body.WriteAsync(file.Content, context.RequestAborted);
    }

    private XElement Describe(string path, DavFile file) => new(
        Dav + "response",
        Href(path, file.IsFolder),
        new XElement(
            Dav + "propstat",
            new XElement(
                Dav + "prop",
                new XElement(Dav + "resourcetype", file.IsFolder ? new XElement(Dav + "collection") : null),
                file.IsFolder ? null : new XElement(Dav + "getetag", file.Tag),
                file.IsFolder ? null : new XElement(Dav + "getcontentlength", file.Content.Length),
                new XElement(Dav + "getlastmodified", "Thu, 26 Nov 2026 07:00:00 GMT"),
                file.FileId is null ? null : new XElement(Owncloud + "fileid", file.FileId),
                path.Length == 0 && HasChanges
                    ? new XElement(Dav + "sync-token", $"urn:token:{_changes.Count}")
                    : null),
            Status(200)),
        new XElement(
            Dav + "propstat",
            new XElement(Dav + "prop", new XElement(Owncloud + "fileid")),
            Status(404)));

    private static XElement Href(string path, bool isFolder) =>
        new(Dav + "href", $"/dav/{path}{(isFolder && path.Length > 0 ? "/" : "")}");

    private static XElement Status(int status) => new(Dav + "status", $"HTTP/1.1 {status} x");

    private static string Parent(string path) => path[..Math.Max(path.LastIndexOf('/'), 0)];

    private static Task WriteAsync(HttpContext context, XElement[] parts)
    {
        context.Response.StatusCode = 207;
        context.Response.ContentType = "application/xml; charset=utf-8";
        return context.Response.WriteAsync(
            new XElement(Dav + "multistatus", parts).ToString(),
            context.RequestAborted);
    }

    private static Task Refuse(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private sealed record DavFile(byte[] Content, string Tag, string? FileId)
    {
        public bool IsFolder { get; init; }
    }
}

internal static class AsciiText
{
    public static bool IsAsciiOnly(this string text) => text.All(char.IsAscii);
}
