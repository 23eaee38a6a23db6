using System.Text;
using CsCheck;
using Terroir.Catalog;

namespace Terroir.Tests.Catalog;

/// <summary>Packs are what <c>docs/formats/pack.md</c> says, version 1.</summary>
public sealed class PackFormatTests
{
    private static readonly byte[][] Blobs =
    [
        Encoding.UTF8.GetBytes("Protocole d'hygiène des mains."),
        [],
        Encoding.UTF8.GetBytes("""[{"ordinal":0,"start":0,"end":31}]"""),
    ];

    [Fact]
    public void The_golden_pack_is_written_as_it_was() =>
        Assert.Equal(GoldenFile.Read("pack", "1", "three.pack"), Assert.Single(Write(Blobs).Packs).Content.ToArray());

    [Fact]
    public void The_golden_pack_is_read_as_it_was()
    {
        var pack = GoldenFile.Read("pack", "1", "three.pack");
        var (places, _) = Write(Blobs);

        Assert.Equal("TPK\u0001"u8.ToArray(), pack[..4]);
        Assert.All(places.Zip(Blobs), item =>
        {
            var (place, blob) = item;
            var bytes = pack.AsSpan((int)place.Offset, (int)place.Length);
            Assert.Equal(ContentHash.Of(pack), place.Container);
            Assert.Equal(ContentHash.Of(bytes), place.Hash);
            Assert.True(bytes.SequenceEqual(blob));
        });
    }

    [Fact]
    public void Every_blob_is_where_its_place_says() =>
        Gen.Byte.Array[0, 40].Array[0, 12].Sample(
            blobs =>
            {
                var (places, packs) = Write(blobs);
                var bytes = packs.ToDictionary(pack => pack.Hash, pack => pack.Content);
                Assert.All(places.Zip(blobs), item =>
                {
                    var (place, blob) = item;
                    var content = bytes[place.Container].Slice((int)place.Offset, (int)place.Length);
                    Assert.True(content.Span.SequenceEqual(blob));
                });
            },
            iter: 200);

    [Theory]
    [InlineData(PackWriter.BlobSizeMax - 1, 4)]
    [InlineData(PackWriter.BlobSizeMax, 0)]
    public void A_large_blob_is_stored_alone(int sizeBytes, long offset)
    {
        var (places, packs) = Write([new byte[sizeBytes]]);

        Assert.Equal(offset, Assert.Single(places).Offset);
        Assert.Equal(offset + sizeBytes, Assert.Single(packs).Content.Length);
    }

    [Fact]
    public void A_pack_is_closed_before_it_passes_its_limit()
    {
        var (places, packs) = Write([.. Enumerable.Range(1, 40).Select(n => new byte[(1 << 20) - n])]);

        Assert.Equal(40, places.Count);
        Assert.True(packs.Count > 1);
        Assert.All(packs, pack => Assert.InRange(pack.Content.Length, 1, PackWriter.PackSizeMax));
    }

    private static (
        IReadOnlyList<Storage.BlobRef> Places,
        IReadOnlyList<(ReadOnlyMemory<byte> Content, ContentHash Hash)> Packs) Write(byte[][] blobs)
    {
        var writer = new PackWriter();
        foreach (var blob in blobs)
        {
            writer.Add(SealedBlob.Plain(blob));
        }

        return writer.Close();
    }
}
