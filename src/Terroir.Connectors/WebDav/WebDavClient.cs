using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Text;
using System.Xml;
using Terroir.Connectors.Connecting;
using Terroir.Sources;

namespace Terroir.Connectors.WebDav;

/// <summary>Asks a WebDAV server. Safe to call from several threads at once.</summary>
internal sealed class WebDavClient : IDisposable
{
    /// <summary>How often an address may send on to another one of the same server.</summary>
    private const int RedirectCountMax = 3;

    /// <summary>How long a server may take until it begins to answer.</summary>
    private static readonly TimeSpan AnswerTimeMax = TimeSpan.FromSeconds(100);

    private static readonly HttpMethod Propfind = new("PROPFIND");
    private static readonly HttpMethod Report = new("REPORT");

    private readonly WebDavSettings _settings;
    private readonly ServerTrust _trust;
    private readonly HttpClient _http;
    private readonly AuthenticationHeaderValue? _authorization;

    /// <summary>Reads the password and prepares; nothing is asked yet.</summary>
    /// <exception cref="SourceFaultException">The file of authorities cannot be read.</exception>
    /// <exception cref="SourceUnavailableException">There is no such secret.</exception>
    public WebDavClient(WebDavSettings settings, IConnectorHost host)
    {
        _settings = settings;
        _trust = ServerTrust.Load(settings.Root.IdnHost, settings.AuthorityFile);
        _authorization = settings is { User: { } user, Password: { } reference }
            ? new AuthenticationHeaderValue(
                "Basic",
                Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{host.ReadSecret(reference)}")))
            : null;
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
            SslOptions = _trust.ToOptions(),
            ConnectCallback = (context, token) =>
                Reach.OpenAsync(host, context.DnsEndPoint.Host, context.DnsEndPoint.Port, token),
        })
        {
            Timeout = AnswerTimeMax,
        };
    }

    /// <summary>Asks for a file or folder, and what is in it.</summary>
    /// <param name="address">The address.</param>
    /// <param name="isDeep">Whether what is in the folder is told too.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>What there is; the status is another one than 207 if the server refuses.</returns>
    /// <exception cref="SourceFaultException">The server cannot be reached, refuses all, or answers nonsense.
    /// </exception>
    public async Task<(HttpStatusCode Status, Multistatus? Answer)> FindAsync(
        Uri address,
        bool isDeep,
        CancellationToken cancellationToken)
    {
        using var response = await SendAsync(
            () => Ask(Propfind, address, WebDavRequests.Find, isDeep ? "1" : "0"),
            cancellationToken);
        return (response.StatusCode, await ReadAsync(response, cancellationToken));
    }

    /// <summary>Asks what changed below the root since a token (RFC 6578).</summary>
    public async Task<(HttpStatusCode Status, Multistatus? Answer)> ReportAsync(
        string token,
        CancellationToken cancellationToken)
    {
        using var response = await SendAsync(
            () => Ask(Report, _settings.Root, WebDavRequests.Changes(token), "0"),
            cancellationToken);
        return (response.StatusCode, await ReadAsync(response, cancellationToken));
    }

    /// <summary>Asks for a file's content.</summary>
    /// <param name="address">The address.</param>
    /// <param name="entityTag">The tag that it must have; <see langword="null"/> for any.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The answer, its body unread; dispose it.</returns>
    public Task<HttpResponseMessage> GetAsync(
        Uri address,
        EntityTagHeaderValue? entityTag,
        CancellationToken cancellationToken) => SendAsync(
            () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Get, address);
                if (entityTag is not null)
                {
                    request.Headers.IfMatch.Add(entityTag);
                }

                return request;
            },
            cancellationToken);

    /// <summary>Says what a status means for the whole source.</summary>
    public SourceFaultException Explain(HttpStatusCode status, TimeSpan? retryAfter = null) => status switch
    {
        HttpStatusCode.Unauthorized when _authorization is null =>
            new SourceFaultException("The server asks who is there. Set 'user' and 'password'."),
        HttpStatusCode.Unauthorized => new SourceFaultException(
            "The server refuses the user or the password. Check both; Nextcloud wants an app password where two "
            + "factors are asked."),
        HttpStatusCode.Forbidden => new SourceFaultException(
            "The user may not read this folder. Let the user read it on the server."),
        HttpStatusCode.NotFound => new SourceFaultException(
            "The server has no such folder. Check the path in 'url', its upper and lower case too."),
        HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented => new SourceFaultException(
            "The address answers, and speaks no WebDAV. Check 'url': it is not the page that a browser shows."),
        >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest => new SourceFaultException(
            "The address sends on to another server. Set 'url' to where the folder is."),
        HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => new SourceFaultException(
            $"The server answers {(int)status}. Wait, or look into the server's log.")
        {
            IsTransient = true,
            RetryAfter = retryAfter,
        },
        _ => new SourceFaultException($"The server answers {(int)status} to a request of WebDAV. Check 'url'."),
    };

    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage Ask(HttpMethod method, Uri address, string body, string depth)
    {
        var request = new HttpRequestMessage(method, address)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/xml"),
        };
        request.Headers.Add("Depth", depth);
        return request;
    }

    private static async Task<Multistatus?> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode != HttpStatusCode.MultiStatus)
        {
            return null;
        }

        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            return await Multistatus.ReadAsync(body, cancellationToken);
        }
        catch (XmlException exception)
        {
            throw new SourceFaultException(
                "The server's answer is not the XML that WebDAV asks for, or longer than "
                + $"{Multistatus.LengthMax >> 20} Mi characters. Check 'url'; split folders with very many files.",
                exception);
        }
        catch (IOException exception)
        {
            throw Interrupted(exception);
        }
    }

    private static SourceFaultException Interrupted(Exception exception) =>
        new("The server ended its answer too early. Try again; look into the server's log if it lasts.", exception)
        {
            IsTransient = true,
        };

    private async Task<HttpResponseMessage> SendAsync(
        Func<HttpRequestMessage> make,
        CancellationToken cancellationToken)
    {
        Uri? address = null;
        for (var count = 0; ; count++)
        {
            using var request = make();
            request.RequestUri = address ?? request.RequestUri;
            request.Headers.Authorization = _authorization;
            var response = await SendAsync(request, cancellationToken);
            address = count < RedirectCountMax ? FindRedirect(request.RequestUri!, response) : null;
            if (address is null)
            {
                return IsForAll(response.StatusCode) ? throw Refuse(response) : response;
            }

            response.Dispose();
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw exception.InnerException switch
            {
                SourceFaultException fault => fault,
                AuthenticationException => new SourceFaultException(_trust.Explain(), exception),
                _ => Interrupted(exception),
            };
        }
        catch (TaskCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SourceFaultException(
                $"The server did not answer within {AnswerTimeMax.TotalSeconds.ToString(CultureInfo.InvariantCulture)} "
                + "seconds.",
                exception)
            {
                IsTransient = true,
            };
        }
    }

    // What fails for all, not for one file.
    private static bool IsForAll(HttpStatusCode status) =>
        status is HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable
            or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout;

    private SourceFaultException Refuse(HttpResponseMessage response)
    {
        using (response)
        {
            return Explain(response.StatusCode, response.Headers.RetryAfter?.Delta);
        }
    }

    // Credentials go to the server that was set and to no other.
    private static Uri? FindRedirect(Uri asked, HttpResponseMessage response)
    {
        if (response.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found
                or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect)
            || response.Headers.Location is not { } location)
        {
            return null;
        }

        var target = new Uri(asked, location);
        return Uri.Compare(
            asked,
            target,
            UriComponents.SchemeAndServer,
            UriFormat.Unescaped,
            StringComparison.OrdinalIgnoreCase) == 0 ? target : null;
    }
}
