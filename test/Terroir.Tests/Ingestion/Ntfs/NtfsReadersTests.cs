using CsCheck;
using Terroir.Access;
using Terroir.Ingestion.Permissions.Ntfs;

namespace Terroir.Tests.Ingestion.Ntfs;

public sealed class NtfsReadersTests
{
    // 'Strangers' is a group that the directory does not know.
    private const string Strangers = "S-1-5-21-1-2-3-1199";

    private static readonly SiteDirectory Directory = SiteDirectory.Parse(
        $$"""
        users:
          - { id: ana, sid: {{Descriptor.Ana}} }
          - { id: max, sid: {{Descriptor.Max}} }
        groups:
          - { id: finance, sid: [{{Descriptor.Finance}}, S-1-5-32-544], members: [user:ana] }
          - { id: stagiaires, sid: {{Descriptor.Interns}}, members: [user:ana, user:max] }
        """);

    private static readonly (string User, string[] Sids)[] People =
    [
        ("ana", [Descriptor.Ana, Descriptor.Finance, "S-1-5-32-544", Descriptor.Interns, Descriptor.Everyone]),
        ("max", [Descriptor.Max, Descriptor.Interns, Descriptor.Everyone]),
        ("max", [Descriptor.Max, Descriptor.Interns, Strangers, Descriptor.Everyone]),
    ];

    private static readonly Gen<Ace> Entries = Gen.Select(
        Gen.OneOf<byte>(0, 0, 0, 1),
        Gen.OneOf(
            Descriptor.Ana,
            Descriptor.Max,
            Descriptor.Finance,
            Descriptor.Interns,
            Descriptor.Everyone,
            Strangers,
            "S-1-5-32-544",
            NtfsSid.OwnerRights),
        Gen.OneOf(Descriptor.Read, Descriptor.Full, Descriptor.Write, 0x8000_0000u, 0x20u),
        Gen.OneOf<byte>(0, 0, 0, 0x0B, 0x10),
        (type, sid, mask, flags) => new Ace(type, sid, mask, flags));

    [Fact]
    public void Who_reads_here_could_read_on_Windows()
    {
        var (readCount, narrowerCount) = (0, 0);
        Entries.Array[0, 6].Sample(
            entries =>
            {
                var access = Read(entries, out _);
                foreach (var (user, sids) in People)
                {
                    var (here, there) = (Directory.Find(user)!.MayRead(access), MayReadOnWindows(entries, sids));
                    Assert.True(there || !here, $"{user} reads here only: {string.Join(' ', entries.AsEnumerable())}");
                    readCount += here ? 1 : 0;
                    narrowerCount += there && !here ? 1 : 0;
                }
            },
            iter: 3_000,
            threads: 1);

        Assert.True(readCount > narrowerCount, $"{readCount} readings were compared, {narrowerCount} were narrower");
    }

    [Fact]
    public void It_is_exact_where_refusals_come_first_and_everybody_is_known() => Entries
        .Where(entry => entry.Sid is not (Strangers or NtfsSid.OwnerRights) && entry.Mask is not 0x8000_0000u)
        .Array[0, 6]
        .Sample(
            entries =>
            {
                Ace[] sorted = [.. entries.OrderByDescending(entry => entry.Type)];
                var access = Read(sorted, out var stranger);
                Assert.Null(stranger);
                foreach (var (user, sids) in People[..2])
                {
                    Assert.Equal(MayReadOnWindows(sorted, sids), Directory.Find(user)!.MayRead(access));
                }
            },
            iter: 3_000);

    [Fact]
    public void Principals_of_the_directory_stand_for_their_SIDs() => Assert.Equal(
        new AccessList(["group:finance", "user:ana"], ["group:stagiaires", "user:max"]),
        Read(
            [
                Ace.Deny(Descriptor.Max),
                Ace.Deny(Descriptor.Interns),
                Ace.Allow("S-1-5-32-544"),
                Ace.Allow(Descriptor.Ana),
                Ace.Deny(Descriptor.Everyone),
            ],
            out _));

    [Fact]
    public void Somebody_whom_the_directory_does_not_know_opens_nothing()
    {
        var access = Read([Ace.Allow("S-1-5-11"), Ace.Allow("S-1-5-18", Descriptor.Full)], out var stranger);

        Assert.Equal(["group:#S-1-5-11", "group:#S-1-5-18"], access.Allow, StringComparer.Ordinal);
        Assert.Null(stranger);
        Assert.False(Directory.Find("ana")!.MayRead(access));
    }

    [Fact]
    public void Nothing_is_opened_after_the_refusal_of_somebody_who_is_not_known()
    {
        var access = Read(
            [Ace.Allow(Descriptor.Ana), Ace.Deny(Strangers), Ace.Allow(Descriptor.Everyone)],
            out var stranger);

        Assert.Equal(Strangers, stranger);
        Assert.Equal(["user:ana"], access.Allow, StringComparer.Ordinal);
        Assert.Equal(AccessList.Nobody, Read([Ace.Deny(Strangers)], out stranger));
        Assert.Null(stranger);
    }

    [Fact]
    public void The_owner_reads_only_if_an_entry_says_so()
    {
        Assert.Equal(AccessList.Nobody, Read([], out _));
        Assert.Equal(
            ["user:ana"],
            Read([Ace.Allow(NtfsSid.OwnerRights)], out _).Allow,
            StringComparer.Ordinal);
    }

    [Fact]
    public void A_list_that_is_null_lets_everyone_in() => Assert.Equal(
        [AccessList.Everyone],
        NtfsReaders.Of(
            SecurityDescriptor.TryParse(Descriptor.WithoutList())!,
            NtfsReaders.ReadData,
            Directory.FindBySid,
            out _).Access.Allow,
        StringComparer.Ordinal);

    [Theory]
    [InlineData("sid: 1-2-3")]
    [InlineData("sid: S-1-5-21-x")]
    [InlineData("sid: [S-1-5-11, S-1-5-11]")]
    [InlineData("sid: ")]
    public void A_SID_that_cannot_be_one_makes_the_directory_invalid(string sid) =>
        Assert.Throws<DirectoryInvalidException>(() => SiteDirectory.Parse($"groups: [{{ id: a, {sid} }}]"));

    private static AccessList Read(Ace[] entries, out string? stranger) => NtfsReaders.Of(
        SecurityDescriptor.TryParse(Descriptor.Of(Descriptor.Ana, entries))!,
        NtfsReaders.ReadData,
        Directory.FindBySid,
        out stranger).Access;

    // MS-DTYP 2.5.3.2: in order; what an earlier entry allowed, a later one does not refuse.
    private static bool MayReadOnWindows(Ace[] entries, string[] sids)
    {
        string[] own = sids.Contains(Descriptor.Ana, StringComparer.Ordinal) ? [.. sids, NtfsSid.OwnerRights] : sids;
        var deciding = entries.FirstOrDefault(entry =>
            (entry.Flags & 0x08) == 0
            && own.Contains(entry.Sid, StringComparer.Ordinal)
            && (entry.Mask & NtfsReaders.ReadData) != 0);
        return deciding is { Type: 0 };
    }
}
