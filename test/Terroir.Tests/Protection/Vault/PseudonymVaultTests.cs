using Microsoft.Extensions.Time.Testing;
using Terroir.Protection;
using Terroir.Protection.Vault;
using Terroir.Provenance;
using Terroir.Storage;
using Terroir.Storage.Embedded;

namespace Terroir.Tests.Protection.Vault;

/// <summary>What pseudonyms stand for, over real files and keys.</summary>
public sealed class PseudonymVaultTests : IDisposable
{
    private const string Name = "Jeanne Martin";

    private static readonly CollectionId Collection = new("documents");
    private static readonly DocumentId First = DocumentId.For(Collection, "source:a.md");
    private static readonly DocumentId Second = DocumentId.For(Collection, "source:b.md");
    private static readonly TimeSpan Age = TimeSpan.FromDays(30);

    private readonly TestFolder _folder = new();
    private readonly SiteKey _key = SiteKey.Generate();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 27, 8, 0, 0, TimeSpan.Zero));
    private readonly KeyRing _ring;
    private readonly FolderObjectStore _objects;

    public PseudonymVaultTests()
    {
        _ring = new KeyRing(
            new FolderKeyStore(Path.Combine(_folder.Path, "keys")),
            MasterSecret.FromKeys([_key.ExportSeed()]).ToProtector(),
            TimeProvider.System);
        _objects = new FolderObjectStore(Path.Combine(_folder.Path, "objects"), TimeProvider.System);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _key.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_value_comes_back_and_is_in_no_file_also_where_the_site_seals_nothing(bool isSealing)
    {
        var vault = Open(isSealing: isSealing);

        var name = await vault.KeepAsync([Of("PERSON_1", Name, First), Of("PHONE_1", "04 72 11 22 33", null)], Stop);

        var found = await vault.FindAsync(new PseudonymReference(name!, "PERSON_1"), Stop);
        Assert.Equal(Of("PERSON_1", Name, First), found);
        Assert.Equal(Of("PHONE_1", "04 72 11 22 33", null), await FindAsync(vault, name, "PHONE_1"));
        Assert.Null(await FindAsync(vault, name, "PERSON_2"));
        Assert.DoesNotContain(Files(), content => content.Contains("Martin", StringComparison.Ordinal)
            || content.Contains("04 72", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_erasure_of_a_document_ends_its_values_in_copies_too_and_leaves_those_of_others()
    {
        var vault = Open();
        var name = await vault.KeepAsync(
            [Of("PERSON_1", Name, First), Of("PERSON_2", "Paul Durand", First), Of("PERSON_2", "Paul Durand", Second)],
            Stop);
        var copy = await CopyAsync();

        var count = await vault.EraseAsync(source => source.Document == First, _ => false, Stop);
        _ring.Destroy(Collection, [Convert.FromHexString(First.Value)]);

        Assert.Equal(2, count);
        Assert.Null(await FindAsync(vault, name, "PERSON_1"));
        Assert.Equal("Paul Durand", (await FindAsync(vault, name, "PERSON_2"))?.Value);
        var old = Open(copy);
        Assert.Null(await FindAsync(old, name, "PERSON_1"));
        Assert.Equal("Paul Durand", (await FindAsync(old, name, "PERSON_2"))?.Value);
    }

    [Fact]
    public async Task What_only_the_question_had_is_erased_by_its_name_in_copies_too()
    {
        var vault = Open();
        var name = await vault.KeepAsync([Of("PERSON_1", Name, null), Of("PERSON_2", "Paul Durand", null)], Stop);
        var copy = await CopyAsync();

        var count = await vault.EraseAsync(
            _ => false,
            value => value.Contains("Martin", StringComparison.Ordinal),
            Stop);

        Assert.Equal(1, count);
        Assert.Null(await FindAsync(vault, name, "PERSON_1"));
        Assert.Null(await FindAsync(Open(copy), name, "PERSON_1"));
        Assert.Equal("Paul Durand", (await FindAsync(vault, name, "PERSON_2"))?.Value);
        Assert.Equal("Paul Durand", (await FindAsync(Open(copy), name, "PERSON_2"))?.Value);
    }

    [Fact]
    public async Task Wherever_an_erasure_dies_a_second_one_ends_it_and_loses_nothing_of_others()
    {
        for (var steps = 0; ; steps++)
        {
            var store = new DyingStore(_objects);
            var vault = Open(store);
            var name = await vault.KeepAsync([Of("PERSON_1", Name, First), Of("PERSON_2", "Paul", Second)], Stop);
            store.WritesLeft = steps;
            try
            {
                await vault.EraseAsync(source => source.Document == First, _ => false, Stop);
            }
            catch (StorageFailedException)
            {
                Assert.Equal("Paul", (await FindAsync(Open(), name, "PERSON_2"))?.Value);
                await Open().EraseAsync(source => source.Document == First, _ => false, Stop);
            }

            Assert.Null(await FindAsync(Open(), name, "PERSON_1"));
            Assert.Equal("Paul", (await FindAsync(Open(), name, "PERSON_2"))?.Value);
            Assert.Equal(0, await Open().EraseAsync(source => source.Document == First, _ => false, Stop));
            if (store.WritesLeft >= 0)
            {
                Assert.Equal(2, steps);
                return;
            }
        }
    }

    [Fact]
    public async Task A_case_is_swept_when_it_is_too_old_and_not_before()
    {
        var vault = Open();
        var old = await vault.KeepAsync([Of("PERSON_1", Name, First)], Stop);
        _time.Advance(Age);
        var young = await vault.KeepAsync([Of("PERSON_1", Name, First)], Stop);
        Assert.NotNull(await FindAsync(vault, old, "PERSON_1"));
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(await FindAsync(vault, old, "PERSON_1"));
        Assert.Equal(1, await vault.SweepAsync(Stop));
        Assert.NotNull(await FindAsync(vault, young, "PERSON_1"));
        Assert.Single(Directory.GetFiles(
            Path.Combine(_folder.Path, "objects", "a", "test", "pseudonyms"),
            "*",
            SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_site_that_keeps_none_keeps_none()
    {
        var vault = new PseudonymVault(
            _objects,
            "test",
            new RingCipher(_ring, isSealing: true),
            _ring,
            TimeSpan.Zero,
            _time);

        Assert.Null(await vault.KeepAsync([Of("PERSON_1", Name, First)], Stop));
        Assert.Empty(Files());
    }

    [Theory]
    [InlineData("6a5f0c1e9d3b4a7788ff/PERSON_1", "person")]
    [InlineData("6a5f0c1e9d3b4a7788ff/[BIRTH_DATE_12]", "birth-date")]
    [InlineData("6a5f0c1e9d3b4a7788ff/PERSON_1.2", "person")]
    [InlineData("6a5f0c1e9d3b4a7788ff/NATIONAL_ID_BE_1", "national-id-be")]
    [InlineData("PERSON_1", null)]
    [InlineData("6a5f0c1e9d3b4a7788f/PERSON_1", null)]
    [InlineData("6a5f0c1e9d3b4a7788ff/../PERSON_1", null)]
    public void A_pseudonym_is_written_with_its_case(string text, string? kind) =>
        Assert.Equal(kind, PseudonymReference.TryParse(text)?.Kind);

    private static VaultedPseudonym Of(string name, string value, DocumentId? document) =>
        new(name, value, document is { } id ? new VaultedSource(Collection, id) : null);

    private static Task<VaultedPseudonym?> FindAsync(PseudonymVault vault, string? name, string pseudonym) =>
        vault.FindAsync(new PseudonymReference(name!, pseudonym), Stop);

    private PseudonymVault Open(IObjectStore? objects = null, bool isSealing = true) =>
        new(objects ?? _objects, "test", new RingCipher(_ring, isSealing), _ring, Age, _time);

    private IEnumerable<string> Files() => Directory.Exists(Path.Combine(_folder.Path, "objects"))
        ? Directory.GetFiles(Path.Combine(_folder.Path, "objects"), "*", SearchOption.AllDirectories)
            .Select(path => System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(path)))
        : [];

    // As a backup has it, from before an erasure.
    private async Task<FolderObjectStore> CopyAsync()
    {
        var copy = new FolderObjectStore(Path.Combine(_folder.Path, "copy"), TimeProvider.System);
        await foreach (var info in _objects.ListAsync("a/test/", null, Stop))
        {
            await copy.PutIfAbsentAsync(
                info.Key,
                await _objects.ReadAsync(info.Key, 0, info.SizeBytes, Stop),
                Stop);
        }

        return copy;
    }

    // Fails at a write, as a process that dies there: what was written before stays.
    private sealed class DyingStore(IObjectStore objects) : IObjectStore
    {
        public int WritesLeft { get; set; } = int.MaxValue;

        public ValueTask<PutOutcome> PutIfAbsentAsync(
            BlobKey key,
            ReadOnlyMemory<byte> content,
            CancellationToken cancellationToken)
        {
            Count();
            return objects.PutIfAbsentAsync(key, content, cancellationToken);
        }

        public ValueTask ReplaceAsync(
            BlobKey key,
            ReadOnlyMemory<byte> content,
            CancellationToken cancellationToken) => objects.ReplaceAsync(key, content, cancellationToken);

        public ValueTask<ReadOnlyMemory<byte>> ReadAsync(
            BlobKey key,
            long offset,
            long length,
            CancellationToken cancellationToken) => objects.ReadAsync(key, offset, length, cancellationToken);

        public ValueTask<BlobInfo?> HeadAsync(BlobKey key, CancellationToken cancellationToken) =>
            objects.HeadAsync(key, cancellationToken);

        public IAsyncEnumerable<BlobInfo> ListAsync(
            string prefix,
            string? after,
            CancellationToken cancellationToken) => objects.ListAsync(prefix, after, cancellationToken);

        public ValueTask DeleteAsync(IReadOnlyList<BlobKey> keys, CancellationToken cancellationToken)
        {
            Count();
            return objects.DeleteAsync(keys, cancellationToken);
        }

        public ValueTask<int> SweepAsync(TimeSpan age, CancellationToken cancellationToken) =>
            objects.SweepAsync(age, cancellationToken);

        private void Count()
        {
            if (--WritesLeft < 0)
            {
                throw new StorageFailedException("object store", "write", isTransient: false);
            }
        }
    }
}
