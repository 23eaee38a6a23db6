using System.Text;
using Terroir.Protection;
using Terroir.Storage.Embedded;

namespace Terroir.Tests.Protection;

public sealed class KeyRingTests : IDisposable
{
    private static readonly CollectionId Notes = new("notes");
    private static readonly DocumentId First = DocumentId.For(Notes, "a");
    private static readonly DocumentId Second = DocumentId.For(Notes, "b");
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("Le patient se repose.");

    private readonly TestFolder _folder = new();
    private readonly MasterSecret _secret = Secret(1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_one_process_seals_another_opens()
    {
        var stored = Cipher().SealDocument(Notes, First, Content);

        Assert.Equal(Content, Cipher().Open(stored, "x"));
    }

    [Fact]
    public void A_key_that_another_process_made_meanwhile_is_found()
    {
        var early = Ring();
        Assert.Empty(early.List());
        var stored = Cipher().SealDocument(Notes, First, Content);

        Assert.Equal(Content, Cipher(early).Open(stored, "x"));
        Assert.Single(early.List());
    }

    [Fact]
    public void Another_master_key_opens_nothing_and_the_error_says_what_to_set()
    {
        var stored = Cipher().SealDocument(Notes, First, Content);

        var error = Assert.Throws<KeyUnavailableException>(() => Cipher(Ring(Secret(2))).Open(stored, "x"));

        Assert.Contains("protection: masterKey:", error.Message, StringComparison.Ordinal);
        Assert.False(error.IsDestroyed);
    }

    [Fact]
    public void A_new_key_seals_from_then_on_and_the_old_one_still_opens()
    {
        var ring = Ring();
        var cipher = Cipher(ring);
        var old = cipher.SealDocument(Notes, First, Content);

        ring.Rotate(Notes);
        var stored = cipher.SealDocument(Notes, First, Content);

        Assert.Equal([false, true], ring.List().Select(key => key.IsCurrent));
        Assert.NotEqual(old.Slice(4, 8).ToArray(), stored.Slice(4, 8).ToArray());
        Assert.Equal(Content, Cipher().Open(old, "x"));
        Assert.Equal(Content, Cipher().Open(stored, "x"));
    }

    [Fact]
    public void Keys_that_are_wrapped_anew_open_what_they_sealed_under_the_new_secret_only()
    {
        var ring = Ring();
        var stored = Cipher(ring).SealDocument(Notes, First, Content);

        Assert.Equal(1, ring.Rewrap(() => Secret(2), () => { }));

        Assert.Equal(Content, Cipher(Ring(Secret(2))).Open(stored, "x"));
        Assert.Throws<KeyUnavailableException>(() => Cipher().Open(stored, "x"));
    }

    // As a server beside an erasure, which gives the site a new master key.
    [Fact]
    public void A_key_is_made_under_the_master_key_that_there_is_and_not_under_the_one_that_was_read()
    {
        var current = _secret;
        var late = new KeyRing(
            new FolderKeyStore(_folder.Path),
            _secret.ToProtector(),
            TimeProvider.System,
            () => current.ToProtector());
        Cipher(late).SealDocument(Notes, First, Content);

        Ring().Rewrap(() => Secret(2), () => current = Secret(2));
        var stored = Cipher(late).SealDocument(new CollectionId("later"), First, Content);

        Assert.Equal(Content, Cipher(Ring(Secret(2))).Open(stored, "x"));
    }

    [Fact]
    public void A_key_of_objects_that_another_process_replaced_seals_no_more()
    {
        var late = Ring();
        Cipher(late).SealObject(Notes, Content);

        var eraser = Ring();
        eraser.RotateObjects(Notes);
        var stored = Cipher(late).SealObject(Notes, Content);
        eraser.DestroyOldObjectKeys(Notes);

        Assert.Equal(Content, Cipher().Open(stored, "x"));
    }

    [Fact]
    public async Task Rings_that_are_changed_at_once_end_under_one_master_key_and_lose_none()
    {
        var current = _secret;
        KeyRing Process() => new(
            new FolderKeyStore(_folder.Path),
            current.ToProtector(),
            TimeProvider.System,
            () => current.ToProtector());

        var stored = await Task.WhenAll(Enumerable.Range(0, 24).Select(number => Task.Run(
            () =>
            {
                var (collection, next) = (new CollectionId($"c{number % 4}"), Secret((byte)(number + 3)));
                var ring = Process();
                var content = Cipher(ring).SealDocument(collection, First, Content);
                ring.Rewrap(() => next, () => current = next);
                return content;
            },
            TestContext.Current.CancellationToken)));

        Assert.All(stored, content => Assert.Equal(Content, Cipher(Ring(current)).Open(content, "x")));
    }

    // As after a stop between the first key and the last.
    [Fact]
    public void A_ring_that_is_wrapped_half_under_the_next_master_key_opens_with_both()
    {
        var stored = Cipher().SealDocument(Notes, First, Content);
        var other = Cipher().SealDocument(new CollectionId("other"), First, Content);
        var rest = Directory.GetFiles(_folder.Path, "*.json").Order(StringComparer.Ordinal).First();
        var before = File.ReadAllBytes(rest);
        Ring().Rewrap(() => Secret(2), () => { });
        File.WriteAllBytes(rest, before);

        var cipher = Cipher(Ring(MasterSecret.FromKeys([Key(1), Key(2)])));

        Assert.Equal(Content, cipher.Open(stored, "x"));
        Assert.Equal(Content, cipher.Open(other, "x"));
    }

    [Fact]
    public void A_passphrase_takes_the_place_of_a_master_key()
    {
        var secret = MasterSecret.FromPassphrase("cheval de bataille");
        var stored = Cipher(Ring(secret)).SealDocument(Notes, First, Content);

        Assert.Equal(Content, Cipher(Ring(MasterSecret.FromPassphrase("cheval de bataille"))).Open(stored, "x"));
        Assert.Throws<KeyUnavailableException>(() =>
            Cipher(Ring(MasterSecret.FromPassphrase("cheval de course"))).Open(stored, "x"));
    }

    [Fact]
    public void A_destroyed_document_opens_nowhere_and_the_others_do()
    {
        var ring = Ring();
        var erased = Cipher(ring).SealDocument(Notes, First, Content);
        var kept = Cipher(ring).SealDocument(Notes, Second, Content);
        ring.Rotate(Notes);
        var newer = Cipher(ring).SealDocument(Notes, First, Content);

        ring.Destroy(Notes, [Convert.FromHexString(First.Value)]);

        foreach (var cipher in new[] { Cipher(ring), Cipher() })
        {
            Assert.True(Assert.Throws<KeyUnavailableException>(() => cipher.Open(erased, "x")).IsDestroyed);
            Assert.True(Assert.Throws<KeyUnavailableException>(() => cipher.Open(newer, "x")).IsDestroyed);
            Assert.Equal(Content, cipher.Open(kept, "x"));
        }
    }

    [Fact]
    public void A_process_that_had_the_key_in_memory_sees_that_it_was_destroyed_when_it_looks_again()
    {
        var late = Ring();
        var stored = Cipher(late).SealDocument(Notes, First, Content);

        Ring().Destroy(Notes, [Convert.FromHexString(First.Value)]);
        late.List();

        Assert.Throws<KeyUnavailableException>(() => Cipher(late).Open(stored, "x"));
    }

    [Fact]
    public void Older_keys_of_objects_are_destroyed_as_a_whole_and_keys_of_documents_stay()
    {
        var ring = Ring();
        var old = Cipher(ring).SealObject(Notes, Content);
        var document = Cipher(ring).SealDocument(Notes, First, Content);
        Assert.True(Cipher(ring).IsSealedByNewest(Notes, old));

        ring.RotateObjects(Notes);
        var newer = Cipher(ring).SealObject(Notes, Content);
        Assert.False(Cipher(ring).IsSealedByNewest(Notes, old));

        Assert.Equal(1, ring.DestroyOldObjectKeys(Notes));
        Assert.Equal(0, ring.DestroyOldObjectKeys(Notes));
        foreach (var cipher in new[] { Cipher(ring), Cipher() })
        {
            Assert.True(Assert.Throws<KeyUnavailableException>(() => cipher.Open(old, "x")).IsDestroyed);
            Assert.Equal(Content, cipher.Open(newer, "x"));
            Assert.Equal(Content, cipher.Open(document, "x"));
        }
    }

    [Fact]
    public void Documents_can_be_destroyed_in_older_keys_alone()
    {
        var ring = Ring();
        var old = Cipher(ring).SealDocument(Notes, First, Content);
        var newest = ring.Rotate(Notes);
        var newer = Cipher(ring).SealDocument(Notes, First, Content);

        Assert.Equal(1, ring.Destroy(Notes, [Convert.FromHexString(First.Value)], before: newest));

        Assert.Throws<KeyUnavailableException>(() => Cipher().Open(old, "x"));
        Assert.Equal(Content, Cipher().Open(newer, "x"));
    }

    [Fact]
    public void An_exported_ring_is_taken_where_the_keys_are_missing()
    {
        var stored = Cipher().SealDocument(Notes, First, Content);
        var export = Ring().Export(Secret(3));
        using var elsewhere = new TestFolder();
        var ring = new KeyRing(new FolderKeyStore(elsewhere.Path), Secret(4).ToProtector(), TimeProvider.System);

        Assert.Null(ring.Import(export, Secret(4)));
        Assert.Equal(1, ring.Import(export, Secret(3)));
        Assert.Equal(0, ring.Import(export, Secret(3)));

        Assert.Equal(Content, Cipher(ring).Open(stored, "x"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[null]")]
    [InlineData("[{\"format\":2}]")]
    public void What_is_no_export_is_not_taken(string text) =>
        Assert.Null(Ring().Import(Encoding.UTF8.GetBytes(text), _secret));

    [Fact]
    public void A_key_under_the_name_of_another_is_not_unwrapped()
    {
        Cipher().SealDocument(Notes, First, Content);
        var file = Directory.GetFiles(_folder.Path, "*.json").Single();
        File.WriteAllText(file, File.ReadAllText(file).Replace("\"notes\"", "\"other\"", StringComparison.Ordinal));

        Assert.Throws<KeyUnavailableException>(() =>
            Cipher().SealDocument(new CollectionId("other"), First, Content));
    }

    [Fact]
    public void No_file_holds_a_key_as_it_is()
    {
        var ring = Ring();
        Cipher(ring).SealDocument(Notes, First, Content);
        var tree = ring.Current(Notes).Tree.Write();

        var text = File.ReadAllText(Directory.GetFiles(_folder.Path, "*.json").Single());

        Assert.DoesNotContain(Convert.ToBase64String(tree), text, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexStringLower(tree.AsSpan(9)), text, StringComparison.Ordinal);
    }

    private static byte[] Key(byte seed) => [.. Enumerable.Repeat(seed, 32)];

    private static MasterSecret Secret(byte seed) => MasterSecret.FromKeys([Key(seed)]);

    private static RingCipher Cipher(KeyRing ring) => new(ring, isSealing: true);

    private RingCipher Cipher() => Cipher(Ring());

    private KeyRing Ring(MasterSecret? secret = null) =>
        new(new FolderKeyStore(_folder.Path), (secret ?? _secret).ToProtector(), TimeProvider.System);
}
