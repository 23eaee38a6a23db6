using CsCheck;
using Terroir.Access;

namespace Terroir.Tests.Access;

public sealed class PrincipalTests
{
    private static readonly Gen<string> Id = Gen.OneOf("a", "b", "c-", "a-user", "é b", "#12");

    private static readonly Gen<string[]> Entries = Gen.OneOf(Id.Select(Principal.User), Id.Select(Principal.Group))
        .Array[0, 3];

    [Theory]
    [InlineData("everyone")]
    [InlineData("user:nadia.benali")]
    [InlineData("group:domain users")]
    [InlineData("user:#1234")]
    public void A_principal_is_everyone_a_user_or_a_group(string text) => Assert.True(Principal.IsValid(text));

    [Theory]
    [InlineData("")]
    [InlineData("Everyone")]
    [InlineData("rh")]
    [InlineData("grup:rh")]
    [InlineData("group:")]
    [InlineData("group: rh")]
    [InlineData("group:rh ")]
    [InlineData("group:rh,user:a")]
    [InlineData("group:rh&user:a")]
    [InlineData("user:a:b")]
    [InlineData("user:a\nb")]
    public void Anything_else_is_no_principal(string text) => Assert.False(Principal.IsValid(text));

    [Fact]
    public void An_id_of_129_characters_is_too_long()
    {
        Assert.True(Principal.IsId(new string('a', 128)));
        Assert.False(Principal.IsId(new string('a', 129)));
    }

    [Fact]
    public void Who_meets_a_joined_entry_is_all_of_its_principals()
    {
        var both = new AccessList(["group:hygiene&group:urgences"], []);

        Assert.True(new Asker("a", ["urgences", "hygiene"]).MayRead(both));
        Assert.False(new Asker("a", ["urgences"]).MayRead(both));
        Assert.False(new Asker("a", ["hygiene"]).MayRead(both));
    }

    [Fact]
    public void Lists_are_equal_exactly_when_their_keys_are() =>
        Gen.Select(Entries, Entries, Entries, Entries).Sample((allow, deny, otherAllow, otherDeny) =>
        {
            var (list, other) = (new AccessList(allow, deny), new AccessList(otherAllow, otherDeny));
            var isSame = list.Allow.SequenceEqual(other.Allow, StringComparer.Ordinal)
                && list.Deny.SequenceEqual(other.Deny, StringComparer.Ordinal);

            Assert.Equal(isSame, string.Equals(list.Key, other.Key, StringComparison.Ordinal));
            Assert.Equal(isSame, list.Equals(other));
        });

    [Fact]
    public void An_id_that_looks_like_a_separator_makes_no_two_lists_one() => Assert.NotEqual(
        new AccessList(["user:a", "user:b-user:c"], []).Key,
        new AccessList(["user:a", "user:b"], ["user:c-"]).Key,
        StringComparer.Ordinal);
}
