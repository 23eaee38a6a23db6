using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Audit;
using Terroir.Protection;
using Terroir.Provenance.Merkle;
using Terroir.Provenance.Notes;
using Terroir.Server.Witnesses;

namespace Terroir.Server.Tests;

/// <summary>A witness that is put back from a backup keeps its key, and cosigns nothing older than it cosigned since.
/// </summary>
public sealed class WitnessRestoreTests : IAsyncLifetime
{
    private static readonly MasterSecret Secret = MasterSecret.FromPassphrase("une phrase assez longue");

    private readonly DirectoryInfo _backup = Directory.CreateTempSubdirectory("terroir-witness-backup-");
    private readonly WitnessedSite _log = WitnessedSite.Create();
    private readonly WitnessedSite _witness = WitnessedSite.Create();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private SiteWitness Site => _witness.Services.GetRequiredService<SiteWitness>();

    private string Origin => _log.Ledger.Key.Name;

    public async ValueTask InitializeAsync()
    {
        await _log.StartAsync();
        await _witness.StartAsWitnessAsync(_log.Ledger.Key);
        await _log.StartAsLogAsync(0, _witness);
    }

    public async ValueTask DisposeAsync()
    {
        await _log.DisposeAsync();
        await _witness.DisposeAsync();
        _backup.Delete(recursive: true);
    }

    [Fact]
    public async Task It_answers_503_until_its_newest_checkpoint_is_confirmed_and_goes_on_from_there()
    {
        var keys = _witness.WitnessKeys;
        var before = await CosignAsync();
        await BackUpAsync();
        var newest = await CosignAsync();
        await RestoreAsync();

        // What the log would ask for if it had been rolled back to the state of the backup.
        var rolledBack = await AskFromAsync(before);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, rolledBack.Status);
        Assert.Equal(HttpStatusCode.NotFound, await ReadLastAsync());

        var (confirmed, fault) = await Site.ConfirmAsync(newest.ToBytes(), Stop);

        Assert.Null(fault);
        Assert.Equal(SizeOf(newest), confirmed!.Size);
        Assert.Equal(keys, _witness.WitnessKeys);
        var again = await AskFromAsync(before);
        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        Assert.Equal(SizeOf(newest).ToString(CultureInfo.InvariantCulture) + "\n", again.Body);
        Assert.True(SizeOf(await CosignAsync()) > SizeOf(newest));
    }

    [Fact]
    public async Task It_stays_unconfirmed_for_a_log_after_it_was_started_again()
    {
        var last = await CosignAsync();
        await BackUpAsync();
        await RestoreAsync();
        await _witness.StartAsWitnessAsync(_log.Ledger.Key);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await AskFromAsync(last)).Status);
        Assert.False(Site.IsConfirmed);
    }

    [Fact]
    public async Task It_goes_on_from_the_backup_where_its_operator_says_that_nothing_was_cosigned_since()
    {
        var last = await CosignAsync();
        await BackUpAsync();
        await RestoreAsync();

        Assert.Null(Site.ConfirmNone(Origin));

        Assert.True(Site.IsConfirmed);
        Assert.Equal(HttpStatusCode.Conflict, (await AskFromAsync(last)).Status);
        Assert.True(SizeOf(await CosignAsync()) > SizeOf(last));
        Assert.NotNull(Site.ConfirmNone(Origin));
    }

    [Fact]
    public async Task A_checkpoint_that_is_older_not_cosigned_or_of_another_log_confirms_nothing()
    {
        var older = await CosignAsync();
        var last = await CosignAsync();
        await BackUpAsync();
        await RestoreAsync();
        var signer = _log.Services.GetRequiredService<LedgerIdentity>().Signer;
        var alone = SignedNote.Sign(last.Text, signer);
        var unknown = new Checkpoint("terroir.example/other", 1, MerkleHash.OfEmptyTree);
        var other = SignedNote.Sign(unknown.ToText(), signer);

        foreach (var note in new[] { older, alone, other })
        {
            var (confirmed, fault) = await Site.ConfirmAsync(note.ToBytes(), Stop);
            Assert.Null(confirmed);
            Assert.NotNull(fault);
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await AskFromAsync(last)).Status);
        Assert.NotNull(Site.ConfirmNone("terroir.example/other"));
    }

    [Fact]
    public async Task A_backup_shows_no_key_and_another_secret_puts_nothing_back()
    {
        await CosignAsync();
        await BackUpAsync();

        var secret = (await File.ReadAllTextAsync(FolderOf(_witness).WitnessKeyFile, Stop)).Trim();
        Assert.DoesNotContain(
            Directory.GetFiles(_backup.FullName, "*", SearchOption.AllDirectories),
            path => File.ReadAllText(path).Contains(secret, StringComparison.OrdinalIgnoreCase));
        var target = _backup.CreateSubdirectory("other").FullName;
        Assert.False(await WitnessBackup.RestoreAsync(
            BackupFolder(),
            target,
            MasterSecret.FromPassphrase("une autre phrase longue"),
            Stop));
        Assert.Empty(Directory.GetFileSystemEntries(target));
    }

    // The checkpoint that the log serves once the witness cosigned it.
    private async Task<SignedNote> CosignAsync()
    {
        await _log.LogAsync(2);
        await _log.Witnessing.RunAsync(Stop);
        var note = await _log.ReadCheckpointAsync();
        Assert.True(note.Verify(_witness.WitnessKeys) is { Count: > 0 });
        return note;
    }

    private Task BackUpAsync() =>
        WitnessBackup.CopyAsync(FolderOf(_witness), _backup.FullName, Secret, Stop);

    private async Task RestoreAsync()
    {
        await _witness.StopAsync();
        Directory.Delete(FolderOf(_witness).WitnessFolder, recursive: true);
        Assert.True(await WitnessBackup.RestoreAsync(BackupFolder(), _witness.Root, Secret, Stop));

        // At the address where the log looks for it.
        await _witness.StartAsWitnessAsync(_log.Ledger.Key);
        await _log.StartAsLogAsync(0, _witness);
    }

    private SiteFolder BackupFolder()
    {
        var settings = Path.Combine(_backup.FullName, "terroir.yaml");
        File.Copy(FolderOf(_witness).ConfigurationFile, settings, overwrite: true);
        Directory.CreateDirectory(Path.Combine(_backup.FullName, "keys"));
        File.WriteAllText(Path.Combine(_backup.FullName, "keys", "site.key.json"), "{}");
        return SiteFolder.FindBackup(_backup.FullName)!;
    }

    private static SiteFolder FolderOf(WitnessedSite site) => SiteFolder.Find(site.Root)!;

    private static long SizeOf(SignedNote note) => Checkpoint.Parse(note.Text).Size;

    private async Task<(HttpStatusCode Status, string Body)> AskFromAsync(SignedNote old)
    {
        var signer = _log.Services.GetRequiredService<LedgerIdentity>().Signer;
        var forked = new Checkpoint(Origin, SizeOf(old), MerkleHash.OfEmptyTree).ToText();
        using var client = new HttpClient();
        using var content = new ByteArrayContent(
            new AddCheckpointRequest(SizeOf(old), [], SignedNote.Sign(forked, signer)).ToBytes());
        using var reply = await client.PostAsync(new Uri($"{_witness.Address}/witness/add-checkpoint"), content, Stop);
        return (reply.StatusCode, await reply.Content.ReadAsStringAsync(Stop));
    }

    private async Task<HttpStatusCode> ReadLastAsync()
    {
        using var client = new HttpClient();
        using var reply = await client.GetAsync(
            new Uri($"{_witness.Address}/witness/checkpoint/{SiteWitness.IdOf(Origin).Hex}"),
            Stop);
        return reply.StatusCode;
    }
}
