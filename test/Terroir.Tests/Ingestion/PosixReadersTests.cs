using System.Globalization;
using CsCheck;
using Terroir.Access;
using Terroir.Ingestion.Permissions;

namespace Terroir.Tests.Ingestion;

/// <summary>The law: whoever reads here reads on the disk, by the algorithm of acl(5).</summary>
public sealed class PosixReadersTests
{
    private static readonly Gen<PosixEntry> Entry = Gen.Select(Gen.Int[0, 4], Gen.Int[0, 7], (id, bits) =>
        new PosixEntry((uint)id, bits));

    private static readonly Gen<PosixAcl> Acl = Gen.Select(
        Entry,
        Entry.Array[0, 3],
        Entry.Array[1, 3],
        Gen.Int[0, 7],
        (owner, users, groups, other) => new PosixAcl(
            owner,
            [.. users.DistinctBy(entry => entry.Id)],
            groups,
            other));

    private static readonly Gen<Person> Someone = Gen.Select(Gen.Int[1, 5], Gen.Int[0, 4].Array[0, 3], (user, groups) =>
        new Person((uint)user, [.. groups.Select(group => (uint)group)]));

    [Fact]
    public void Whoever_reads_here_reads_on_the_disk() =>
        Gen.Select(Acl.Array[1, 4], Someone, Gen.Int[0, 4], Gen.Int[0, 4]).Sample(
            (chain, person, namelessUser, namelessGroup) =>
            {
                var names = new Names((uint)namelessUser, (uint)namelessGroup);
                if (names.FindUser(person.User) is null)
                {
                    return;
                }

                var mayRead = names.AskerFor(person).MayRead(Combine(chain, names).Access);

                Assert.True(!mayRead || chain.Index().All(item => Grants(item.Item, Bit(item.Index, chain), person)));
            },
            iter: 20_000);

    [Fact]
    public void Whoever_reads_on_the_disk_reads_here_unless_a_group_is_refused_what_others_may() =>
        Gen.Select(Acl.Array[1, 4], Someone).Sample(
            (chain, person) =>
            {
                var names = new Names(null, null);
                var isNarrower = chain.Index().Any(item =>
                    (item.Item.OtherBits & Bit(item.Index, chain)) != 0
                    && item.Item.Groups.GroupBy(entry => entry.Id).Any(entries =>
                        entries.All(entry => (entry.Bits & Bit(item.Index, chain)) == 0)));
                if (isNarrower)
                {
                    return;
                }

                var onDisk = chain.Index().All(item => Grants(item.Item, Bit(item.Index, chain), person));

                Assert.Equal(onDisk, names.AskerFor(person).MayRead(Combine(chain, names).Access));
            },
            iter: 20_000);

    [Fact]
    public void The_order_of_folders_changes_nothing() => Acl.Array[1, 4].Sample(chain =>
    {
        var names = new Names(null, null);
        var readers = chain.Select(acl => PosixReaders.Of(acl, PosixReaders.Execute, names)).ToArray();

        var forward = readers.Aggregate((left, right) => left.And(right));
        var backward = readers.Reverse().Aggregate((left, right) => left.And(right));

        Assert.Equal(forward.Access, backward.Access);
        Assert.Equal(forward.Access, forward.And(forward).Access);
    });

    [Fact]
    public void Too_many_entries_are_cut_and_not_widened()
    {
        var many = ReaderSet.Of(new AccessList([.. Enumerable.Range(0, 20).Select(n => $"group:a{n}")], []));
        var more = ReaderSet.Of(new AccessList([.. Enumerable.Range(0, 20).Select(n => $"group:b{n}")], []));

        var both = many.And(more);

        Assert.True(both.IsCut);
        Assert.Equal(ReaderSet.EntryCountMax, both.Access.Allow.Count);
        Assert.All(both.Access.Allow, entry => Assert.Contains('&', entry));
    }

    [Fact]
    public void A_number_without_a_name_stays_a_number()
    {
        var acl = new PosixAcl(new PosixEntry(4, 4), [], [new PosixEntry(4, 4)], 0);

        Assert.Equal(
            new AccessList(["user:#4", "group:#4"], []),
            PosixReaders.Of(acl, PosixReaders.Read, new Names(4, 4)).Access);
    }

    [Fact]
    public void The_superuser_is_no_reader()
    {
        var acl = new PosixAcl(new PosixEntry(0, 7), [], [new PosixEntry(3, 0)], 0);

        Assert.Equal(AccessList.Nobody, PosixReaders.Of(acl, PosixReaders.Read, new Names(null, null)).Access);
    }

    private static int Bit(int index, PosixAcl[] chain) =>
        index == chain.Length - 1 ? PosixReaders.Read : PosixReaders.Execute;

    private static ReaderSet Combine(PosixAcl[] chain, Names names) => chain.Index()
        .Select(item => PosixReaders.Of(item.Item, Bit(item.Index, chain), names))
        .Aggregate((above, own) => above.And(own));

    // The algorithm as acl(5) tells it.
    private static bool Grants(PosixAcl acl, int bit, Person person)
    {
        if (acl.Owner.Id == person.User)
        {
            return (acl.Owner.Bits & bit) != 0;
        }

        foreach (var user in acl.Users)
        {
            if (user.Id == person.User)
            {
                return (user.Bits & bit) != 0;
            }
        }

        var groups = acl.Groups.Where(group => person.Groups.Contains(group.Id)).ToArray();
        return groups.Length > 0
            ? Array.Exists(groups, group => (group.Bits & bit) != 0)
            : (acl.OtherBits & bit) != 0;
    }

    private sealed record Person(uint User, uint[] Groups);

    private sealed class Names(uint? namelessUser, uint? namelessGroup) : IPosixNames
    {
        public string? FindUser(uint id) =>
            id == namelessUser ? null : string.Create(CultureInfo.InvariantCulture, $"u{id}");

        public string? FindGroup(uint id) =>
            id == namelessGroup ? null : string.Create(CultureInfo.InvariantCulture, $"g{id}");

        public Asker AskerFor(Person person) =>
            new(FindUser(person.User)!, person.Groups.Select(FindGroup).OfType<string>());
    }
}
