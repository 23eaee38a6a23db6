using Terroir.Connectors.Conformance;
using Terroir.Sources;

namespace Terroir.Connectors.S3;

/// <summary>Buckets keep what every kind of source promises.</summary>
public sealed class S3ConformanceTests : ConnectorConformance
{
    protected override async Task<ConnectorRig> CreateAsync() => new S3Rig(await S3Server.StartAsync());

    private sealed class S3Rig(S3Server server) : ConnectorRig
    {
        private const string Prefix = "partage/";

        private readonly TestHost _host = S3Tests.NewHost();
        private readonly HashSet<string> _broken = new(StringComparer.Ordinal);

        public override IConnector Connector { get; } = new S3Connector();

        public override SourceSettings Settings { get; } = S3Tests.SettingsFor(server.Url, ("prefix", Prefix));

        public override IConnectorHost Host => _host;

        public override IReadOnlyList<string> Secrets => [S3Server.Id, S3Server.Secret];

        public override int ManyCount => 2_100;

        public override Task PutAsync(string path, byte[] content)
        {
            server.Put(Prefix + path, content);
            return Task.CompletedTask;
        }

        public override Task DeleteAsync(string path)
        {
            server.Delete(Prefix + path);
            return Task.CompletedTask;
        }

        public override Task<bool> BreakAsync(string path)
        {
            _broken.Add(Prefix + path);
            server.Meddle = async (context, key) =>
            {
                var isBroken = _broken.Contains(key);
                if (isBroken)
                {
                    await S3Server.RefuseAsync(context, 403, "AccessDenied");
                }

                return isBroken;
            };
            return Task.FromResult(true);
        }

        public override async Task DisconnectAsync() => await server.DisposeAsync();

        public override Task<bool> SpoilSecretsAsync()
        {
            _host.Secrets["env:SECRET"] = "un autre secret";
            return Task.FromResult(true);
        }

        public override async ValueTask DisposeAsync()
        {
            await server.DisposeAsync();
            await base.DisposeAsync();
        }
    }
}
