using Terroir.Retrieval;

namespace Terroir.Tests.Retrieval;

public sealed class BoundedCacheTests
{
    private readonly BoundedCache<string, string> _cache = new(10, value => value.Length);

    [Fact]
    public void The_least_recently_used_leaves_first()
    {
        _cache.Keep("a", "1234");
        _cache.Keep("b", "1234");
        Assert.Equal("1234", _cache.Find("a"));

        _cache.Keep("c", "1234");

        Assert.Equal(["1234", null, "1234"], new[] { _cache.Find("a"), _cache.Find("b"), _cache.Find("c") });
    }

    [Fact]
    public void A_value_above_the_bound_is_not_kept_and_pushes_nothing_out()
    {
        _cache.Keep("a", "1234");

        _cache.Keep("b", "12345678901");

        Assert.Equal(["1234", null], new[] { _cache.Find("a"), _cache.Find("b") });
    }

    [Fact]
    public void A_value_gives_way_to_the_next_under_its_key()
    {
        _cache.Keep("a", "12345678");
        _cache.Keep("a", "12");
        _cache.Keep("b", "12345678");

        Assert.Equal(2, _cache.Count);
        Assert.Equal("12", _cache.Find("a"));
    }
}
