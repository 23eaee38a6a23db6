using CsCheck;
using Terroir.Provenance.Merkle;

namespace Terroir.Provenance.Tests.Merkle;

public sealed class TilePathTests
{
    [Theory]
    [InlineData("tile/0/000", 0, 0, 256)]
    [InlineData("tile/0/x001/x234/067", 0, 1_234_067, 256)]
    [InlineData("tile/1/x001/000.p/17", 1, 1_000, 17)]
    [InlineData("tile/entries/273.p/112", null, 273, 112)]
    public void A_name_is_that_of_the_specification(string name, int? level, long index, int width)
    {
        Assert.Equal(name, new TilePath(level, index, width).ToString());
        Assert.True(TilePath.TryParse(name, out var path));
        Assert.Equal(new TilePath(level, index, width), path);
    }

    [Theory]
    [InlineData("tile/0/0")]
    [InlineData("tile/0/x000/001")]
    [InlineData("tile/00/001")]
    [InlineData("tile/8/001")]
    [InlineData("tile/-1/001")]
    [InlineData("tile/0/001/002")]
    [InlineData("tile/0/x001")]
    [InlineData("tile/0/001.p/0")]
    [InlineData("tile/0/001.p/256")]
    [InlineData("tile/0/001.p/007")]
    [InlineData("tile/0/001.p/")]
    [InlineData("tile/0/001.p/7\0")]
    [InlineData("tile/0/01\0")]
    [InlineData("tile/0/+01")]
    [InlineData("tile/data/001")]
    [InlineData("tile/entries/../001")]
    [InlineData("tile/0/x999/x999/x999/x999/x999/x999/x999/999")]
    [InlineData("checkpoint")]
    [InlineData("")]
    [InlineData(null)]
    public void Another_spelling_is_no_name(string? name) => Assert.False(TilePath.TryParse(name, out _));

    [Fact]
    public void Every_name_is_read_as_what_it_was_written_from() =>
        Gen.Select(Gen.Int[-1, 7], Gen.Long[0, long.MaxValue >> 8], Gen.Int[1, 256]).Sample((level, index, width) =>
        {
            var path = new TilePath(level < 0 ? null : level, index, width);

            Assert.True(TilePath.TryParse(path.ToString(), out var again));
            Assert.Equal(path, again);
        });
}
