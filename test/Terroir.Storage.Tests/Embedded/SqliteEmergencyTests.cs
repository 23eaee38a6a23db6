using Terroir.Storage.Conformance;
using Terroir.Storage.Embedded;

namespace Terroir.Storage.Tests.Embedded;

public sealed class SqliteEmergencyTests : EmergencyConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SqliteEmergencyTests() => Store = OpenAgain();

    protected override IIdentityStore Store { get; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_copy_has_none_so_that_what_ended_does_not_come_back_with_a_backup()
    {
        var opening = new EmergencyOpening("1", "anna", "g") { EndsAt = Time.GetUtcNow().AddHours(1) };
        await Store.OpenEmergencyAsync(opening, countMax: 1, Stop);
        await Store.CopyAsync(_folder["copy.db"], Stop);

        using var copy = SqliteIdentityStore.Open(_folder["copy.db"], Time);
        Assert.Empty(copy.ListEmergencies());
        Assert.Single(Store.ListEmergencies());
    }

    protected override IIdentityStore OpenAgain() => SqliteIdentityStore.Open(_folder["identity.db"], Time);
}
