namespace Terroir.Storage.Tests;

public sealed class BlobKeyTests
{
    private static readonly CollectionId Collection = new("chu");

    [Fact]
    public void A_key_is_read_back_from_its_text()
    {
        BlobKey[] keys = [BlobKey.ForContent(ContentHash.Of("a"u8)), BlobKey.ForManifest("valmont", Collection, 12)];

        foreach (var key in keys)
        {
            Assert.True(BlobKey.TryParse(key.Value, out var read));
            Assert.Equal(key, read);
        }
    }

    // A store lists only names that it can read back: a manifest under another name would be lost to a rebuild.
    [Theory]
    [InlineData("")]
    [InlineData("Valmont")]
    [InlineData("val/mont")]
    [InlineData("..")]
    public void A_site_whose_manifests_would_not_be_listed_is_refused(string site) =>
        Assert.Throws<ArgumentException>(() => BlobKey.ForManifest(site, Collection, 1));

    [Theory]
    [InlineData("b/zz/abc")]
    [InlineData("b/ab")]
    [InlineData("m/valmont/chu/12")]
    [InlineData("m/Valmont/chu/00000000000000000012")]
    [InlineData("tmp/1-2")]
    public void Any_other_name_is_no_key(string name) => Assert.False(BlobKey.TryParse(name, out _));
}
