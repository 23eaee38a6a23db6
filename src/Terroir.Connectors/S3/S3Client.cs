using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Terroir.Connectors.Connecting;
using Terroir.Sources;

namespace Terroir.Connectors.S3;

/// <summary>Makes the client of a bucket: every connection is opened by the host, nothing is read from the environment
/// or from files of the library, and nothing is tried again here.</summary>
internal static class S3Client
{
    /// <summary>How long a server may take until it begins to answer.</summary>
    internal static readonly TimeSpan AnswerTimeMax = TimeSpan.FromSeconds(100);

    /// <summary>Reads the secrets and makes the client; nothing is asked yet.</summary>
    /// <exception cref="SourceFaultException">The file of authorities cannot be read.</exception>
    /// <exception cref="SourceUnavailableException">There is no such secret.</exception>
    public static AmazonS3Client Open(S3Settings settings, IConnectorHost host)
    {
        var (id, secret) = (host.ReadSecret(settings.AccessKey), host.ReadSecret(settings.SecretKey));
        AWSCredentials credentials = settings.SessionToken is { } token
            ? new SessionAWSCredentials(id, secret, host.ReadSecret(token))
            : new BasicAWSCredentials(id, secret);
        var config = new AmazonS3Config
        {
            HttpClientFactory = new HostedClients(host, settings),
            ForcePathStyle = settings.IsPathStyle,

            // Servers of others than Amazon refuse, or misread, what is not required.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            AllowAutoRedirect = false,
            MaxErrorRetry = 0,
            Timeout = AnswerTimeMax,
        };
        if (settings.Endpoint is { } endpoint)
        {
            config.ServiceURL = endpoint.AbsoluteUri;
            config.AuthenticationRegion = settings.Region;
            config.UseHttp = endpoint.Scheme is "http";
        }
        else
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(settings.Region);
        }

        return new AmazonS3Client(credentials, config);
    }

    private sealed class HostedClients(IConnectorHost host, S3Settings settings) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig)
        {
            var handler = new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                UseProxy = false,
                AutomaticDecompression = System.Net.DecompressionMethods.None,
                ActivityHeadersPropagator = null,
                ConnectCallback = (context, token) =>
                    Reach.OpenAsync(host, context.DnsEndPoint.Host, context.DnsEndPoint.Port, token),
            };
            if (settings is { Endpoint.Scheme: "https" } && settings.AuthorityFile is not null)
            {
                var trust = ServerTrust.Load(settings.Endpoint.IdnHost, settings.AuthorityFile);
                handler.SslOptions = trust.ToOptions();
            }

            return new HttpClient(handler) { Timeout = AnswerTimeMax };
        }

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

        public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;
    }
}
