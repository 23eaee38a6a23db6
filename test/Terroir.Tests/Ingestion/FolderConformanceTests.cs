using System.Runtime.Versioning;
using Terroir.Access;
using Terroir.Connectors.Conformance;
using Terroir.Ingestion.Folder;
using Terroir.Sources;

namespace Terroir.Tests.Ingestion;

/// <summary>Folders keep what every kind of source promises.</summary>
[SupportedOSPlatform("linux")]
public sealed class FolderConformanceTests : ConnectorConformance
{
    protected override Task<ConnectorRig> CreateAsync() => Task.FromResult<ConnectorRig>(new FolderRig());

    private sealed class FolderRig : ConnectorRig
    {
        private readonly TestFolder _folder = new();

        public FolderRig() => File.SetUnixFileMode(
            _folder.Path,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead
                | UnixFileMode.OtherExecute);

        public override IConnector Connector { get; } = new FolderConnector(SiteDirectory.Empty);

        public override SourceSettings Settings => new(
            "test",
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["path"] = _folder.Path,
                ["permissions"] = "posix",
            });

        public override IConnectorHost Host { get; } = new NoHost();

        public override async Task PutAsync(string path, byte[] content)
        {
            var file = Path.Combine(_folder.Path, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllBytesAsync(file, content, Token);
        }

        public override Task DeleteAsync(string path)
        {
            File.Delete(Path.Combine(_folder.Path, path));
            return Task.CompletedTask;
        }

        public override Task<bool> ShareAsync(string path)
        {
            File.SetUnixFileMode(Path.Combine(_folder.Path, path), UnixFileMode.UserRead);
            return Task.FromResult(true);
        }

        // The superuser may read everything.
        public override Task<bool> BreakAsync(string path)
        {
            File.SetUnixFileMode(Path.Combine(_folder.Path, path), UnixFileMode.None);
            return Task.FromResult(!Environment.IsPrivilegedProcess);
        }

        public override Task DisconnectAsync()
        {
            Directory.Delete(_folder.Path, recursive: true);
            return Task.CompletedTask;
        }

        public override ValueTask DisposeAsync()
        {
            Directory.CreateDirectory(_folder.Path);
            _folder.Dispose();
            return base.DisposeAsync();
        }
    }

    private sealed class NoHost : IConnectorHost
    {
        public TimeProvider Clock => TimeProvider.System;

        public string ReadSecret(string reference) => throw new NotSupportedException();

        public ValueTask<Stream> ConnectAsync(string host, int port, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
