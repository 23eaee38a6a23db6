using Terroir.Access;

namespace Terroir.Tests.Access;

public sealed class SiteDirectoryTests
{
    [Fact]
    public void The_golden_directory_of_version_1_is_read()
    {
        var directory = SiteDirectory.Parse(TestFolder.Golden("directory/1/directory.yaml"));

        Assert.Equal(
            ["nadia.benali", "tom.leroy", "véronique.simon"],
            directory.Users.Select(user => user.Id),
            StringComparer.Ordinal);
        Assert.Equal(
            ["everyone", "group:soignants", "group:stagiaires", "group:urgences", "user:tom.leroy"],
            directory.Find("tom.leroy")!.Principals.Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
        Assert.Equal("nadia.benali", directory.FindByKey("alice")?.User);
        Assert.True(directory.Knows("group:domain users"));
        Assert.Empty(directory.Unknown);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("groups:\nusers:\nkeys:\n")]
    public void A_directory_may_name_nobody(string yaml) => Assert.Empty(SiteDirectory.Parse(yaml).Users);

    [Theory]
    [InlineData(2, "groups: [ {")]
    [InlineData(1, "users: nadia")]
    [InlineData(1, "user: []")]
    [InlineData(1, "version: 2")]
    [InlineData(2, "users:\n  - { name: Nadia }")]
    [InlineData(3, "users:\n  - { id: a }\n  - { id: 'a,b' }")]
    [InlineData(3, "users:\n  - { id: a }\n  - { id: a, id: b }")]
    [InlineData(2, "users:\n  - { id: a, mail: a@b }")]
    [InlineData(2, "groups:\n  - { id: g, members: [nadia] }")]
    [InlineData(2, "groups:\n  - { id: g, members: [everyone] }")]
    [InlineData(2, "groups:\n  - { id: g, members: user:nadia }")]
    [InlineData(1, "groups: &a []\nusers: *a")]
    [InlineData(2, "keys:\n  - { hash: abcd, principal: nadia }")]
    [InlineData(2, "users: []\n--- \nusers: []")]
    public void A_fault_is_refused_with_its_line(int line, string yaml)
    {
        var exception = Assert.Throws<DirectoryInvalidException>(() => SiteDirectory.Parse(yaml));

        Assert.Contains($"line {line}:", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_users_of_one_id_are_refused() => Assert.Throws<DirectoryInvalidException>(() =>
        SiteDirectory.Parse("users: [{ id: a }, { id: b }, { id: a }]"));

    [Fact]
    public void A_deep_file_ends_in_a_fault_and_not_in_the_stack() => Assert.Throws<DirectoryInvalidException>(() =>
        SiteDirectory.Parse("users: " + new string('[', 1_000_000)));

    [Fact]
    public void A_name_that_nothing_defines_is_listed() => Assert.Equal(
        ["group:nurse", "user:nadja"],
        SiteDirectory.Parse("""
            groups: [{ id: nurses, members: [user:nadia, group:nurse] }]
            users: [{ id: nadia }]
            keys: [{ hash: 2bd806c97f0e00af1a1fc3328fa763a9269723c8db8fac4f93af71db186d6e90, principal: nadja }]
            """).Unknown);
}
