using Terroir.Access;

namespace Terroir.Tests.Access;

public sealed class AskerTests
{
    private const string Directory = """
        groups:
          - { id: carers, members: [group:nurses] }
          - { id: nurses, members: [user:nadia, group:carers] }
          - { id: students, members: [user:tom] }
        users:
          - { id: nadia, name: Nadia }
          - { id: tom, name: Tom }
        keys:
          - { hash: 2bd806c97f0e00af1a1fc3328fa763a9269723c8db8fac4f93af71db186d6e90, principal: nadia }
        """;

    [Fact]
    public void Nobody_reads_by_default() => Assert.False(new Asker("a", ["g"]).MayRead(AccessList.Nobody));

    [Fact]
    public void Deny_wins_over_allow() =>
        Assert.False(new Asker("a", ["g"]).MayRead(new AccessList([AccessList.Everyone], ["group:g"])));

    [Fact]
    public void A_group_in_a_group_counts_and_a_cycle_ends()
    {
        var nadia = SiteDirectory.Parse(Directory).Find("nadia")!;

        Assert.True(nadia.MayRead(new AccessList(["group:carers"], [])));
        Assert.False(nadia.MayRead(new AccessList(["group:students"], [])));
    }

    [Fact]
    public void A_key_finds_its_bearer_and_another_finds_nobody()
    {
        var directory = SiteDirectory.Parse(Directory);

        Assert.Equal("nadia", directory.FindByKey("alice")?.User);
        Assert.Null(directory.FindByKey("bob"));
    }

    [Fact]
    public void A_broken_directory_is_refused() =>
        Assert.Throws<DirectoryInvalidException>(() => SiteDirectory.Parse("groups: [ {"));
}
