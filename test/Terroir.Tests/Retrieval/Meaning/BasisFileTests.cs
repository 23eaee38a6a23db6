using CsCheck;
using Terroir.Retrieval.Meaning;

namespace Terroir.Tests.Retrieval.Meaning;

public sealed class BasisFileTests
{
    [Fact]
    public void What_is_written_is_read()
    {
        var written = Sample();

        var read = BasisFile.Read(written.ToArray());

        Assert.Equal(written.Basis.Terms, read.Basis.Terms);
        Assert.Equal(written.Basis.Rarities.ToArray(), read.Basis.Rarities.ToArray());
        Assert.Equal(
            written.Basis.Vectors.ToArray().Select(component => (float)(Half)component),
            read.Basis.Vectors.ToArray());
        Assert.Equal(written.Documents, read.Documents);
        Assert.Equal(9, read.CommonCount);
    }

    [Fact]
    public void What_is_read_is_written_as_the_same_bytes()
    {
        var bytes = Sample().ToArray();

        Assert.Equal(bytes, BasisFile.Read(bytes).ToArray());
    }

    // Written by the page of the format in another language.
    [Fact]
    public void The_bytes_are_those_of_the_format() =>
        Assert.Equal(
            "12f5a7a113409d97ea8b87f0ad68144609598b1d4e0fc4c6ab657471148ff5c2",
            ContentHash.Of(Sample().ToArray()).Hex);

    [Fact]
    public void Any_damage_is_found()
    {
        var bytes = Sample().ToArray();
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Int[1, 255]).Sample((at, change) =>
        {
            var damaged = bytes.ToArray();
            damaged[at] ^= (byte)change;

            Assert.Throws<BlobCorruptException>(() => BasisFile.Read(damaged));
        });
    }

    [Fact]
    public void Any_cut_is_found()
    {
        var bytes = Sample().ToArray();
        Gen.Int[0, bytes.Length - 1].Sample(length =>
            Assert.Throws<BlobCorruptException>(() => BasisFile.Read(bytes.AsSpan(0, length))));
    }

    private static BasisFile Sample() => new(
        new LatentBasis(
            ["en:fee", "fr:tarif", "fr:été"],
            [1.5f, 2, 2.25f],
            [.. Enumerable.Range(0, 3 * LatentBasis.Dimensions).Select(index => (index - 150) / 7f)]),
        CommonCount: 9,
        [
            new LearnedDocument(DocumentId.Parse("000102030405060708090a0b0c0d0e0f"), 0x0102030405060708),
            new LearnedDocument(DocumentId.Parse("f0e0d0c0b0a090807060504030201000"), 1),
        ]);
}
