using System.Text;
using Terroir.Protection;
using Terroir.Storage;
using Terroir.Tests.Catalog;

namespace Terroir.Tests.Protection;

/// <summary>Sealed content and keys are what <c>docs/formats/sealed.md</c> and <c>keys.md</c> say, version 1.</summary>
public sealed class SealedFormatTests
{
    private const string KeyId = "0123456789abcdef";

    private static readonly byte[] MasterKey = [.. Enumerable.Repeat((byte)1, 32)];
    private static readonly CollectionId Collection = new("documents");
    private static readonly DocumentId Document = DocumentId.For(Collection, "folder:notes.txt");

    private static byte[] Content => Encoding.UTF8.GetBytes("Protocole d'hygiène des mains.");

    [Fact]
    public void The_golden_content_opens_with_the_golden_key()
    {
        var ring = new KeyRing(
            new GoldenKeyStore(),
            MasterSecret.FromKeys([MasterKey]).ToProtector(),
            TimeProvider.System);

        var stored = GoldenFile.Read("sealed", "1", "content.sealed");
        var content = new RingCipher(ring, isSealing: false).Open(stored, "x");

        Assert.Equal(Content, content);
    }

    [Fact]
    public void The_header_names_the_key_and_the_document()
    {
        var stored = GoldenFile.Read("sealed", "1", "content.sealed");

        Assert.Equal("TSC\u0001"u8.ToArray(), stored[..4]);
        Assert.Equal(KeyId, Convert.ToHexStringLower(stored[4..12]));
        Assert.Equal(Document.Value, Convert.ToHexStringLower(stored[12..28]));
        Assert.Equal(44 + Content.Length + 16, stored.Length);
    }

    [Fact]
    public void A_key_is_written_with_the_same_members()
    {
        var golden = KeyFile.Read(GoldenFile.Read("sealed", "1", $"{KeyId}.json"))!;

        Assert.Equal(GoldenFile.Read("sealed", "1", $"{KeyId}.json"), golden.Write());
        Assert.Equal(KeyWrapping.KeyFile, golden.Wrapping.Kind);
    }

    private sealed class GoldenKeyStore : IKeyStore
    {
        public IReadOnlyList<(string Name, ReadOnlyMemory<byte> Content)> Read() =>
            [(KeyId, GoldenFile.Read("sealed", "1", $"{KeyId}.json"))];

        public void Put(string name, ReadOnlySpan<byte> content) => throw new NotSupportedException();

        public DateTimeOffset ReadChangedAt() => DateTimeOffset.UnixEpoch;

        public IDisposable Lock() => throw new NotSupportedException();
    }
}
