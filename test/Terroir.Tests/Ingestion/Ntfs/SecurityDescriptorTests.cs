using CsCheck;
using Terroir.Ingestion.Permissions.Ntfs;

namespace Terroir.Tests.Ingestion.Ntfs;

public sealed class SecurityDescriptorTests
{
    [Fact]
    public void Owner_and_entries_are_read_in_their_order()
    {
        var descriptor = SecurityDescriptor.TryParse(Descriptor.Of(
            Descriptor.Ana,
            Ace.Deny(Descriptor.Interns),
            Ace.Allow("S-1-5-32-544", Descriptor.Full),
            new Ace(0, "S-1-3-0", 0x1000_0000, Flags: 0x0B),
            new Ace(0, Descriptor.Finance, Descriptor.ReadAndExecute, Flags: 0x10)))!;

        Assert.Equal(Descriptor.Ana, descriptor.Owner);
        Assert.False(descriptor.IsOpen);
        Assert.Equal(
            [
                new NtfsEntry(false, Descriptor.Read, Descriptor.Interns),
                new NtfsEntry(true, Descriptor.Full, "S-1-5-32-544"),
                new NtfsEntry(true, Descriptor.ReadAndExecute, Descriptor.Finance),
            ],
            descriptor.Entries);
    }

    [Fact]
    public void A_list_that_is_null_is_open_and_one_without_entries_is_closed()
    {
        Assert.True(SecurityDescriptor.TryParse(Descriptor.WithoutList())!.IsOpen);

        var closed = SecurityDescriptor.TryParse(Descriptor.Of(Descriptor.Ana))!;
        Assert.False(closed.IsOpen);
        Assert.Empty(closed.Entries);
    }

    [Fact]
    public void A_list_that_is_not_told_is_not_understood()
    {
        var bytes = Descriptor.Of(Descriptor.Ana, Ace.Allow(Descriptor.Everyone));
        bytes[2] = 0;

        Assert.Null(SecurityDescriptor.TryParse(bytes));
    }

    [Theory]
    [InlineData(0x00, true)]
    [InlineData(0x01, true)]
    [InlineData(0x02, false)]
    [InlineData(0x09, false)]
    [InlineData(0x0A, true)]
    public void An_entry_with_a_condition_refuses_and_allows_nothing(byte type, bool isTaken)
    {
        var descriptor = SecurityDescriptor.TryParse(
            Descriptor.Of(null, new Ace(type, Descriptor.Ana, Descriptor.Read)))!;

        Assert.Equal(isTaken, descriptor.Entries.Count == 1);
    }

    [Theory]
    [InlineData(0x04)]
    [InlineData(0x13)]
    [InlineData(0xFF)]
    public void A_kind_of_entry_that_is_not_known_makes_the_whole_list_unknown(byte type) =>
        Assert.Null(SecurityDescriptor.TryParse(
            Descriptor.Of(null, new Ace(type, Descriptor.Ana, Descriptor.Read), Ace.Allow(Descriptor.Everyone))));

    [Fact]
    public void An_entry_for_a_kind_of_object_refuses_everyone_and_allows_nobody()
    {
        var denied = SecurityDescriptor.TryParse(
            Descriptor.Of(null, new Ace(0x06, Descriptor.Ana, Descriptor.Read), Ace.Allow(Descriptor.Max)))!;
        var allowed = SecurityDescriptor.TryParse(
            Descriptor.Of(null, new Ace(0x05, Descriptor.Ana, Descriptor.Read)))!;

        Assert.Equal(new NtfsEntry(false, Descriptor.Read, Descriptor.Everyone), denied.Entries[0]);
        Assert.Empty(allowed.Entries);
    }

    [Fact]
    public void Every_beginning_of_a_descriptor_is_refused()
    {
        var whole = Descriptor.Of(Descriptor.Ana, Ace.Allow(Descriptor.Max), Ace.Deny(Descriptor.Finance));

        Assert.All(Enumerable.Range(0, whole.Length), size =>
            Assert.Null(SecurityDescriptor.TryParse(whole.AsSpan(0, size))));
        Assert.NotNull(SecurityDescriptor.TryParse(whole));
    }

    [Fact]
    public void No_bytes_make_it_fail()
    {
        var whole = Descriptor.Of(Descriptor.Ana, Ace.Allow(Descriptor.Max), Ace.Deny(Descriptor.Finance));
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte).Array[1, 6].Sample(changes =>
        {
            var bytes = (byte[])whole.Clone();
            foreach (var (at, value) in changes)
            {
                bytes[at] = value;
            }

            _ = SecurityDescriptor.TryParse(bytes);
        });
        Gen.Byte.Array[0, 200].Sample(bytes => _ = SecurityDescriptor.TryParse(bytes));
    }
}
