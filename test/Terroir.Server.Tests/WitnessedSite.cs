using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Terroir.Audit;
using Terroir.Provenance.Events;
using Terroir.Provenance.Notes;
using Terroir.Server.Witnesses;

namespace Terroir.Server.Tests;

/// <summary>A site on a real port that logs and witnesses, without documents.</summary>
internal sealed class WitnessedSite : IAsyncDisposable
{
    /// <summary>How many events the first start logs: what the settings and the directory are.</summary>
    public const int FirstCount = 2;

    private readonly DirectoryInfo _folder;
    private WebApplication? _app;

    private WitnessedSite(DirectoryInfo folder) => _folder = folder;

    public string Root => Path.Combine(_folder.FullName, "site");

    public IServiceProvider Services => _app!.Services;

    public ILedger Ledger => Services.GetRequiredService<ILedger>();

    public LedgerWitnessing Witnessing => Services.GetRequiredService<LedgerWitnessing>();

    public string Address => _app!.Urls.Single();

    public IReadOnlyList<VerifierKey> WitnessKeys { get; private set; } = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static WitnessedSite Create()
    {
        var site = new WitnessedSite(Directory.CreateTempSubdirectory("terroir-witness-"));
        SiteFolder.Create(site.Root);
        return site;
    }

    /// <summary>Starts the site, also again.</summary>
    public async Task StartAsync(params (string Key, string Value)[] settings)
    {
        await StopAsync();
        var flags = settings.ToDictionary(pair => pair.Key, pair => (string?)pair.Value, StringComparer.Ordinal);
        flags["Terroir:Server:Url"] = "http://127.0.0.1:0";
        flags["Terroir:Ledger:WitnessInterval"] = "01:00:00";
        _app = TerroirHost.Build(SiteFolder.Find(Root)!, flags, SharedReaders.Use);
        await _app.StartAsync(Stop);

        // What the first start logs of the settings is there before a test goes on.
        await Services.GetServices<IHostedService>().OfType<LedgerWorker>().Single().FlushAsync(Stop);
    }

    /// <summary>Has the witness make its keys, or read them again.</summary>
    public async Task<IReadOnlyList<VerifierKey>> ReadKeysAsync() =>
        WitnessKeys = await Services.GetRequiredService<SiteWitness>().ReadKeysAsync(Stop);

    public async Task StopAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync(Stop);
            await _app.DisposeAsync();
            _app = null;
        }
    }

    /// <summary>Starts it as a log that others watch.</summary>
    public async Task StartAsLogAsync(int quorum, params WitnessedSite[] witnesses)
    {
        await StartAsync(
        [
            ("Terroir:Ledger:Quorum", $"{quorum}"),
            .. witnesses.SelectMany((witness, at) => new (string, string)[]
            {
                ($"Terroir:Ledger:Witnesses:{at}:Url", $"{witness.Address}/witness"),
                ($"Terroir:Ledger:Witnesses:{at}:Keys:0", $"{witness.WitnessKeys[0]}"),
                ($"Terroir:Ledger:Witnesses:{at}:Keys:1", $"{witness.WitnessKeys[1]}"),
            }),
        ]);
        try
        {
            // The first question opens the connection, which is an event: a test counts from there.
            await Witnessing.RunAsync(Stop);
            await Ledger.FlushAsync(Stop);
        }
        catch (LedgerForkedException)
        {
            // A test looks at it.
        }
    }

    /// <summary>Starts it as a witness of others.</summary>
    public async Task StartAsWitnessAsync(params VerifierKey[] logs)
    {
        await StartAsync([.. logs.Select((log, at) => ($"Terroir:Witness:Logs:{at}", $"{log}"))]);
        await ReadKeysAsync();
    }

    public async Task LogAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await Services.GetRequiredService<EventLog>()
                .RecordAsync(EventKinds.Administered, actor: null, subject: null, $"test {i}", Stop);
        }
    }

    /// <summary>What the site serves as its checkpoint.</summary>
    public async Task<SignedNote> ReadCheckpointAsync()
    {
        using var client = new HttpClient();
        return SignedNote.Parse(await client.GetByteArrayAsync(new Uri($"{Address}/tlog/checkpoint"), Stop));
    }

    /// <summary>Copies the folder of the site, which does not run.</summary>
    public string Save(string name)
    {
        var copy = Path.Combine(_folder.FullName, name);
        Copy(Root, copy);
        return copy;
    }

    public void PutBack(string copy)
    {
        Directory.Delete(Root, recursive: true);
        Copy(copy, Root);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Delete(recursive: true);
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
