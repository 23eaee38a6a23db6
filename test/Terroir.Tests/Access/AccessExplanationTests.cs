using CsCheck;
using Terroir.Access;

namespace Terroir.Tests.Access;

public sealed class AccessExplanationTests
{
    private const int GroupCount = 6;
    private const int UserCount = 4;

    private static readonly SiteDirectory Directory = SiteDirectory.Parse(
        """
        groups:
          - { id: soignants, members: [group:urgences, user:paul] }
          - { id: urgences, members: [user:nadia] }
          - { id: stagiaires, members: [user:tom] }
        users: [{ id: nadia }, { id: paul }, { id: tom }]
        """);

    // Memberships as bits: which groups and users each group has; then the entries of lists.
    private static readonly Gen<World> Worlds = Gen.Select(
        Gen.Int[0, (1 << (GroupCount + UserCount)) - 1].Array[GroupCount],
        Gen.Int[0, GroupCount + UserCount].Array[0, 4].Array[2, 2].Array[1, 12],
        (members, lists) => new World(members, [.. lists.Select(list => new AccessList(
            [.. list[0].Select(Name)],
            [.. list[1].Select(Name)]))]));

    [Fact]
    public void It_tells_through_which_groups_an_entry_allows()
    {
        var explanation = AccessExplanation.Of(Directory, "nadia", new AccessList(["group:soignants"], ["user:tom"]));

        Assert.Equal(AccessReason.Allowed, explanation.Reason);
        Assert.Equal(
            ["user:nadia", "group:urgences", "group:soignants"],
            Assert.Single(Assert.Single(explanation.Allow).Through),
            StringComparer.Ordinal);
        Assert.False(Assert.Single(explanation.Deny).IsMet);
    }

    [Theory]
    [InlineData("nadia", "everyone", "", AccessReason.Allowed)]
    [InlineData("tom", "everyone", "group:stagiaires", AccessReason.Denied)]
    [InlineData("tom", "group:soignants", "", AccessReason.NotAllowed)]
    [InlineData("tom", "", "", AccessReason.NobodyAllowed)]
    [InlineData("eve", "everyone", "", AccessReason.UserUnknown)]
    [InlineData("nadia", "group:soignants&group:urgences", "", AccessReason.Allowed)]
    [InlineData("paul", "group:soignants&group:urgences", "", AccessReason.NotAllowed)]
    public void It_names_what_decides(string user, string allow, string deny, AccessReason reason)
    {
        var access = new AccessList(
            allow.Length == 0 ? [] : [allow],
            deny.Length == 0 ? [] : [deny]);

        Assert.Equal(reason, AccessExplanation.Of(Directory, user, access).Reason);
    }

    [Fact]
    public void It_says_what_a_naive_reading_of_nested_groups_says() => Worlds.Sample(
        world =>
        {
            var directory = world.ToDirectory();
            for (var user = 0; user < UserCount; user++)
            {
                foreach (var access in world.Lists)
                {
                    var explanation = AccessExplanation.Of(directory, $"u{user}", access);
                    Assert.Equal(world.MayRead(user, access), explanation.MayRead);
                    Assert.Equal(explanation.MayRead, directory.Find($"u{user}")!.MayRead(access));
                    Assert.All(
                        explanation.Allow.Concat(explanation.Deny).SelectMany(entry => entry.Through),
                        chain => Assert.True(world.IsChain(user, chain), string.Join(" < ", chain)));
                }
            }
        },
        iter: 4_000);

    private static string Name(int principal) => principal switch
    {
        GroupCount + UserCount => AccessList.Everyone,
        >= GroupCount => $"user:u{principal - GroupCount}",
        _ => $"group:g{principal}",
    };

    private sealed record World(int[] Members, AccessList[] Lists)
    {
        public SiteDirectory ToDirectory() => SiteDirectory.Parse(
            "groups:\n"
            + string.Concat(Members.Select((members, group) =>
                $"  - {{ id: g{group}, members: [{string.Join(", ", MembersOf(members).Select(Name))}] }}\n"))
            + "users:\n"
            + string.Concat(Enumerable.Range(0, UserCount).Select(user => $"  - {{ id: u{user} }}\n")));

        // As one would say it: in a list if the list names them or a group that they are in, however deep.
        public bool MayRead(int user, AccessList access) =>
            access.Allow.Any(entry => Is(user, entry)) && !access.Deny.Any(entry => Is(user, entry));

        public bool IsChain(int user, IReadOnlyList<string> chain) =>
            string.Equals(chain[0], $"user:u{user}", StringComparison.Ordinal)
            && (chain[^1] is AccessList.Everyone
                ? chain.Count == 2
                : chain.Zip(chain.Skip(1)).All(link =>
                    MembersOf(Members[int.Parse(link.Second["group:g".Length..], Invariant)])
                        .Select(Name)
                        .Contains(link.First, StringComparer.Ordinal)));

        private static System.Globalization.CultureInfo Invariant =>
            System.Globalization.CultureInfo.InvariantCulture;

        private bool Is(int user, string entry) =>
            entry is AccessList.Everyone
            || string.Equals(entry, $"user:u{user}", StringComparison.Ordinal)
            || (entry.StartsWith("group:g", StringComparison.Ordinal)
                && IsIn(user, int.Parse(entry["group:g".Length..], Invariant), GroupCount));

        // Deeper than there are groups is a circle.
        private bool IsIn(int user, int group, int depth) =>
            depth > 0
            && MembersOf(Members[group]).Any(member =>
                member == GroupCount + user || (member < GroupCount && IsIn(user, member, depth - 1)));

        private static IEnumerable<int> MembersOf(int bits) =>
            Enumerable.Range(0, GroupCount + UserCount).Where(member => (bits & (1 << member)) != 0);
    }
}
