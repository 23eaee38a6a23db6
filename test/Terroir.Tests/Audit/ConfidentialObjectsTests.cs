using System.Text;
using Terroir.Audit;
using Terroir.Protection;
using Terroir.Provenance;
using Terroir.Storage.Embedded;

namespace Terroir.Tests.Audit;

public sealed class ConfidentialObjectsTests : IDisposable
{
    private const string Name = "receipt/ab/abcd";

    private static readonly byte[] Content = Encoding.UTF8.GetBytes("Combien de jours de repos ?");

    private readonly TestFolder _folder = new();
    private readonly SiteKey _key = SiteKey.Generate();
    private readonly KeyRing _ring;
    private readonly FolderObjectStore _objects;

    public ConfidentialObjectsTests()
    {
        var secret = MasterSecret.FromKeys([_key.ExportSeed()]);
        _ring = new KeyRing(
            new FolderKeyStore(Path.Combine(_folder.Path, "keys")),
            secret.ToProtector(),
            TimeProvider.System);
        _objects = new FolderObjectStore(Path.Combine(_folder.Path, "objects"), TimeProvider.System);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _key.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_a_person_asked_cannot_be_read_in_the_object_store()
    {
        await Sealed().PutIfAbsentAsync(Name, "user:anne", Content, Stop);

        var files = Directory.GetFiles(Path.Combine(_folder.Path, "objects"), "*", SearchOption.AllDirectories);

        Assert.DoesNotContain(
            "repos",
            Encoding.Latin1.GetString(await File.ReadAllBytesAsync(Assert.Single(files), Stop)),
            StringComparison.Ordinal);
        Assert.Equal(Content, (await Sealed().TryReadAsync(Name, Stop))!.Value.ToArray());
    }

    [Fact]
    public async Task What_was_kept_before_the_site_sealed_is_still_read()
    {
        await Objects(cipher: null).PutIfAbsentAsync(Name, "user:anne", Content, Stop);

        Assert.Equal(Content, (await Sealed().TryReadAsync(Name, Stop))!.Value.ToArray());
    }

    [Fact]
    public async Task What_is_of_a_person_whose_key_was_destroyed_is_there_and_cannot_be_opened()
    {
        await Sealed().PutIfAbsentAsync(Name, "user:anne", Content, Stop);
        await Sealed().PutIfAbsentAsync("receipt/ab/other", "user:paul", Content, Stop);
        var collection = new CollectionId("ledger");

        _ring.Destroy(collection, [Convert.FromHexString(DocumentId.For(collection, "user:anne").Value)]);

        Assert.Null(await Sealed().TryReadAsync(Name, Stop));
        Assert.True(await Sealed().ExistsAsync(Name, Stop));
        Assert.NotNull(await Sealed().TryReadAsync("receipt/ab/other", Stop));
        Assert.False(await Sealed().ExistsAsync("receipt/ab/none", Stop));
    }

    private ConfidentialObjects Sealed() => Objects(new RingCipher(_ring, isSealing: true));

    private ConfidentialObjects Objects(RingCipher? cipher) =>
        new(_objects, new LedgerIdentity("test", _key), cipher);
}
