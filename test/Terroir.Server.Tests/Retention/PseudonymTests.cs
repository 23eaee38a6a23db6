using Terroir.Access;
using Terroir.Answers.Redaction;
using Terroir.Audit;
using Terroir.Protection.Vault;
using Terroir.Provenance.Events;
using Terroir.Storage;
using Terroir.Storage.Embedded;

namespace Terroir.Server.Tests.Retention;

/// <summary>Pseudonyms of a real site: who is told, what is logged, and what an erasure leaves.</summary>
public sealed class PseudonymTests
{
    private const string Name = "Jeanne Vasseur-Lambert";

    private const string Unsealed = "protection:\n  encryption: false\n";

    private const string Reason = "demande 2026-114 du délégué";

    private const string Permitting = """
        @id("dpo-reveals")
        permit (principal in Group::"dpo", action == Action::"reveal", resource);

        """;

    private static readonly Asker Officer = new("nadia", ["dpo"]);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_may_is_told_and_the_ledger_has_who_what_and_why()
    {
        await using var site = await ErasureSite.CreateAsync("", "tiersun");
        WritePolicy(site, Permitting);
        var pseudonym = await KeepAsync(site, await IdOfAsync(site));

        var revealed = await RevealAsync(site, Officer, hasRole: true, pseudonym);

        Assert.Equal(Name, revealed.Value);
        Assert.Equal(["dpo-reveals"], revealed.Policies, StringComparer.Ordinal);
        var row = Assert.Single(await RowsAsync(site, EventKinds.PseudonymReversed));
        Assert.Equal("user:nadia", row.Actor);
        var opening = Assert.Single(LedgerEvent.Parse(row.Kind, row.Time, row.Detail!).Subjects).Opening!;
        Assert.Equal($"{pseudonym}\n{Reason}", System.Text.Encoding.UTF8.GetString(opening.Content));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData("permit (principal in Group::\"dpo\", action == Action::\"process\", resource);", true)]
    [InlineData("permit (principal in Group::\"others\", action == Action::\"reveal\", resource);", true)]
    [InlineData("permit (principal, action, resource);", false)]
    public async Task Whoever_no_policy_permits_or_has_not_the_role_is_not_told(string? policy, bool hasRole)
    {
        await using var site = await ErasureSite.CreateAsync("", "tiersun");
        WritePolicy(site, policy);
        var pseudonym = await KeepAsync(site, await IdOfAsync(site));

        var revealed = await RevealAsync(site, Officer, hasRole, pseudonym);
        var absent = await RevealAsync(site, Officer, hasRole, pseudonym with { Case = new string('0', 20) });

        Assert.False(revealed.IsAllowed);
        Assert.Null(revealed.Value);
        Assert.Equal(absent.IsAllowed, revealed.IsAllowed);
        Assert.Equal(absent.Policies, revealed.Policies, StringComparer.Ordinal);
        Assert.Equal(2, (await RowsAsync(site, EventKinds.PseudonymRefused)).Count);
        Assert.Empty(await RowsAsync(site, EventKinds.PseudonymReversed));
    }

    [Fact]
    public async Task Policies_that_cannot_be_used_tell_nothing()
    {
        await using var site = await ErasureSite.CreateAsync("", "tiersun");
        WritePolicy(site, "permit (principal");
        var pseudonym = await KeepAsync(site, await IdOfAsync(site));

        await Assert.ThrowsAsync<PolicyInvalidException>(() =>
            RevealAsync(site, Officer, hasRole: true, pseudonym));
    }

    [Fact]
    public async Task An_erasure_ends_what_documents_and_names_gave_and_leaves_others()
    {
        await using var site = await ErasureSite.CreateAsync("", "sujetun", "tiersun");
        WritePolicy(site, Permitting);
        var gone = await KeepAsync(site, await IdOfAsync(site, "sujetun"));
        var kept = await KeepAsync(site, await IdOfAsync(site));
        await RevealAsync(site, Officer, hasRole: true, gone);

        var outcome = await site.EraseAsync("sujetun");

        Assert.NotNull(outcome.Certificate);
        Assert.Equal(1, outcome.Stores.Single(store => store.Store is "pseudonyms").Count);
        Assert.Null((await RevealAsync(site, Officer, hasRole: true, gone)).Value);
        Assert.Equal(Name, (await RevealAsync(site, Officer, hasRole: true, kept)).Value);
        Assert.Empty(site.FilesWith(Name));
    }

    [Fact]
    public async Task A_backup_has_them_sealed_and_an_erasure_ends_them_there_too()
    {
        await using var site = await ErasureSite.CreateAsync(Unsealed, "sujetun", "tiersun");
        WritePolicy(site, Permitting);
        var gone = await KeepAsync(site, await IdOfAsync(site, "sujetun"));
        var folder = Path.Combine(Path.GetDirectoryName(site.Source)!, "backup");
        var backup = new FolderObjectStore(folder, TimeProvider.System);
        await site.Get<ILedgerMaintenance>().BackUpAsync(backup, Stop);
        Assert.Empty(ErasureSite.FilesWith(folder, Name));
        Assert.NotEmpty(Directory.GetFiles(folder, $"{gone.Case}*", SearchOption.AllDirectories));

        await site.EraseAsync("sujetun");
        await foreach (var info in backup.ListAsync("a/", null, Stop))
        {
            var content = await backup.ReadAsync(info.Key, 0, info.SizeBytes, Stop);
            await site.Get<IObjectStore>().PutIfAbsentAsync(info.Key, content, Stop);
        }

        Assert.NotEmpty(Directory.GetFiles(site.Site.Folder.Root, $"{gone.Case}*", SearchOption.AllDirectories));
        Assert.Null((await RevealAsync(site, Officer, hasRole: true, gone)).Value);
    }

    private static void WritePolicy(ErasureSite site, string? text)
    {
        if (text is not null)
        {
            Directory.CreateDirectory(site.Site.Folder.PoliciesFolder);
            File.WriteAllText(Path.Combine(site.Site.Folder.PoliciesFolder, "site.cedar"), text);
        }
    }

    private static async Task<DocumentId> IdOfAsync(ErasureSite site, string name = "tiersun") =>
        Assert.Single(
            (await site.Planner.FindAsync([$"dossiers:{name}.md"], null, Stop)).Documents).Address.Document;

    private static async Task<PseudonymReference> KeepAsync(ErasureSite site, DocumentId document)
    {
        var name = await site.Get<PseudonymVault>().KeepAsync(
            [new VaultedPseudonym("PERSON_1", Name, new VaultedSource(ErasureSite.Collection, document))],
            Stop);
        return new PseudonymReference(name!, "PERSON_1");
    }

    private static Task<RevealedPseudonym> RevealAsync(
        ErasureSite site,
        Asker asker,
        bool hasRole,
        PseudonymReference pseudonym) =>
        site.Get<PseudonymReveal>().RevealAsync(asker, hasRole, pseudonym, Reason, Stop);

    private static async Task<IReadOnlyList<LedgerRow>> RowsAsync(ErasureSite site, string kind) =>
        [.. (await site.Get<IMetastore>().Ledger.FindAsync(new LedgerQuery { Kind = kind }, Stop))
            .Select(placed => placed.Row)];
}
