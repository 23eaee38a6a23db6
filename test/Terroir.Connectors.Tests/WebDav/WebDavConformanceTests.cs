using Microsoft.AspNetCore.Http;
using Terroir.Connectors.Conformance;
using Terroir.Sources;

namespace Terroir.Connectors.WebDav;

/// <summary>WebDAV folders keep what every kind of source promises; the server tells what changed.</summary>
public sealed class WebDavConformanceTests : ConnectorConformance
{
    protected override async Task<ConnectorRig> CreateAsync()
    {
        var server = await DavServer.StartAsync();
        server.HasChanges = true;
        return new WebDavRig(server);
    }

    private sealed class WebDavRig(DavServer server) : ConnectorRig
    {
        private readonly TestHost _host = new() { Secrets = { ["env:DAV"] = "p4ss:wört" } };

        public override IConnector Connector { get; } = new WebDavConnector();

        public override SourceSettings Settings { get; } =
            TestSettings.Of(("url", server.Url), ("user", "terroir"), ("password", "env:DAV"));

        public override IConnectorHost Host => _host;

        public override IReadOnlyList<string> Secrets => ["p4ss:wört", "un autre secret"];

        public override Task PutAsync(string path, byte[] content)
        {
            var names = Escape(path).Split('/');
            for (var depth = 1; depth < names.Length; depth++)
            {
                server.MakeFolder(string.Join('/', names[..depth]));
            }

            server.Put(Escape(path), content);
            return Task.CompletedTask;
        }

        public override Task DeleteAsync(string path)
        {
            server.Delete(Escape(path));
            return Task.CompletedTask;
        }

        public override Task<bool> BreakAsync(string path)
        {
            server.Instead[$"/dav/{Escape(path)}"] = context =>
            {
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                return Task.CompletedTask;
            };
            return Task.FromResult(true);
        }

        public override async Task DisconnectAsync() => await server.DisposeAsync();

        public override Task<bool> SpoilSecretsAsync()
        {
            _host.Secrets["env:DAV"] = "un autre secret";
            return Task.FromResult(true);
        }

        public override async ValueTask DisposeAsync()
        {
            await server.DisposeAsync();
            await base.DisposeAsync();
        }

        private static string Escape(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
    }
}
