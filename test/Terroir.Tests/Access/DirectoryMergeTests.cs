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
    public void An_emergency_puts_its_person_alone_into_the_group_until_its_end()
    {
        var end = Now.AddHours(1);
        var records = Opened("anna", "bris-de-glace", end);

        Assert.Contains("group:bris-de-glace", PrincipalsOf("anna", records, end.AddTicks(-1), Rule("direction")));
        Assert.DoesNotContain("group:bris-de-glace", PrincipalsOf("anna", records, end, Rule("direction")));
        var directory = SiteDirectory.Parse(Yaml, records, [Rule("direction")], Now);
        Assert.Equal(end, directory.EndsAt);
        Assert.Equal(["user:anna", "group:bris-de-glace"], directory.FindChain("anna", "group:bris-de-glace"));
        Assert.False(directory.Knows("group:bris-de-glace"));
        Assert.Equal(
            PrincipalsOf("eve", Others, Now),
            PrincipalsOf("eve", Others with { Emergencies = records.Emergencies }, Now, Rule("direction")));
    }

    [Fact]
    public void An_emergency_counts_only_under_a_rule_whose_group_the_person_is_in()
    {
        var records = Opened("anna", "bris-de-glace", Now.AddHours(1));

        Assert.DoesNotContain("group:bris-de-glace", PrincipalsOf("anna", records, Now));
        Assert.DoesNotContain("group:bris-de-glace", PrincipalsOf("anna", records, Now, Rule("medecins")));
        var provided = SiteDirectory.Parse(Yaml, records, [Rule("medecins")], Now).Find("anna", ["medecins"])!;
        Assert.Contains("group:bris-de-glace", provided.Principals);
    }

    [Fact]
    public void One_emergency_does_not_open_another()
    {
        var first = Opened("anna", "bris-de-glace", Now.AddHours(1));
        var records = first with
        {
            Emergencies = [.. first.Emergencies, .. Opened("anna", "coffre", Now.AddHours(1)).Emergencies],
        };
        var rules = new[] { Rule("direction"), new EmergencyRule { Group = "coffre", OpenTo = "bris-de-glace" } };

        Assert.DoesNotContain("group:coffre", PrincipalsOf("anna", records, Now, rules));
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

    private static IdentityRecords Others => IdentityRecords.Empty with { Accounts = [new Account("eve")] };

    private static EmergencyRule Rule(string openTo) => new()
    {
        Group = "bris-de-glace",
        OpenTo = openTo,
        Minutes = 60,
    };

    private static IdentityRecords Opened(string user, string group, DateTimeOffset end) => IdentityRecords.Empty with
    {
        Emergencies = [new EmergencyOpening(group, user, group) { StartedAt = Now, EndsAt = end }],
    };

    private static IReadOnlySet<string> PrincipalsOf(
        string user,
        IdentityRecords records,
        DateTimeOffset now,
        params EmergencyRule[] rules) => SiteDirectory.Parse(Yaml, records, rules, now).Find(user)!.Principals;
}
