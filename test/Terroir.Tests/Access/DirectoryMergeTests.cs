using Terroir.Access;
using Terroir.Storage;

namespace Terroir.Tests.Access;

/// <summary>The file and the store as one directory.</summary>
public sealed class DirectoryMergeTests
{
    private const string Yaml =
        """
        groups:
          - id: direction
            members: [user:anna]
          - id: urgences
            members:
              - { member: "user:anna", until: 2026-11-28T08:00:00Z }
              - group:renfort
        users:
          - id: anna
            name: Anna
        """;

    private static readonly DateTimeOffset Now = new(2026, 11, 27, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_membership_counts_until_its_time_and_not_at_it()
    {
        var end = new DateTimeOffset(2026, 11, 28, 8, 0, 0, TimeSpan.Zero);

        Assert.Contains("group:urgences", PrincipalsOf("anna", IdentityRecords.Empty, end.AddTicks(-1)));
        Assert.DoesNotContain("group:urgences", PrincipalsOf("anna", IdentityRecords.Empty, end));
        Assert.Equal(end, SiteDirectory.Parse(Yaml, IdentityRecords.Empty, Now).EndsAt);
        Assert.Null(SiteDirectory.Parse(Yaml, IdentityRecords.Empty, end).EndsAt);
    }

    [Fact]
    public void A_group_that_the_file_defines_takes_no_member_of_the_store()
    {
        var records = IdentityRecords.Empty with
        {
            Accounts = [new Account("eve")],
            Groups = [new AccountGroup("direction") { Members = [new GroupMember("user:eve")] }],
        };

        Assert.DoesNotContain("group:direction", PrincipalsOf("eve", records, Now));
        Assert.Contains("group:direction", PrincipalsOf("anna", records, Now));
    }

    [Fact]
    public void A_group_of_the_store_leads_into_the_groups_that_the_file_puts_it_in()
    {
        var records = IdentityRecords.Empty with
        {
            Accounts = [new Account("eve")],
            Groups = [new AccountGroup("renfort") { Members = [new GroupMember("user:eve")] }],
        };

        Assert.Contains("group:urgences", PrincipalsOf("eve", records, Now));
    }

    [Fact]
    public void Who_may_not_enter_is_nobody_also_where_the_file_names_them()
    {
        var records = IdentityRecords.Empty with
        {
            Accounts = [new Account("anna") { Origin = Account.FromDirectory, IsActive = false }],
        };
        var directory = SiteDirectory.Parse(Yaml, records, Now);

        Assert.Null(directory.Find("anna"));
        Assert.True(directory.Knows("user:anna"));
    }

    [Fact]
    public void A_key_counts_until_its_time()
    {
        var records = IdentityRecords.Empty with
        {
            Keys = [new ApiKey("1", SiteDirectory.HashOf("secret"), "anna") { ExpiresAt = Now.AddDays(1) }],
        };

        Assert.Equal("anna", SiteDirectory.Parse(Yaml, records, Now).FindByKey("secret")?.User);
        Assert.Null(SiteDirectory.Parse(Yaml, records, Now.AddDays(1)).FindByKey("secret"));
    }

    [Fact]
    public void Groups_that_somebody_else_vouches_for_bring_the_groups_that_they_are_in()
    {
        var directory = SiteDirectory.Parse(Yaml, IdentityRecords.Empty, Now);

        var asker = directory.Find("anna", ["renfort"]);

        Assert.Equal(
            ["everyone", "group:direction", "group:renfort", "group:urgences", "user:anna"],
            asker!.Principals.Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
        Assert.Null(directory.Find("nobody", ["renfort"]));
    }

    [Theory]
    [InlineData("2026-11-28")]
    [InlineData("2026-11-28T08:00:00")]
    [InlineData("2026-11-28T08:00:00+01:00")]
    [InlineData("soon")]
    public void A_time_in_another_form_makes_the_file_invalid(string until) =>
        Assert.Throws<DirectoryInvalidException>(() => SiteDirectory.Parse(
            $"groups:\n  - id: g\n    members: [{{ member: 'user:a', until: '{until}' }}]\n"));

    private static IReadOnlySet<string> PrincipalsOf(string user, IdentityRecords records, DateTimeOffset now) =>
        SiteDirectory.Parse(Yaml, records, now).Find(user)!.Principals;
}
