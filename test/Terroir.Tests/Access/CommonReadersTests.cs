using CsCheck;
using Terroir.Access;

namespace Terroir.Tests.Access;

public sealed class CommonReadersTests
{
    private static readonly string[] Principals = [AccessList.Everyone, "user:a", "group:b", "group:b&user:a"];

    private static readonly Gen<string[]> Entries = Gen.Int[0, 3].Select(pick => Principals[pick]).Array[0, 3];

    [Fact]
    public void Everyone_makes_a_document_commonly_readable() =>
        Assert.True(CommonReaders.MayRead(new AccessList(["group:b", AccessList.Everyone], [])));

    [Fact]
    public void One_denied_principal_makes_it_no_longer_so() =>
        Assert.False(CommonReaders.MayRead(new AccessList([AccessList.Everyone], ["user:gone"])));

    [Fact]
    public void A_group_is_not_everyone() =>
        Assert.False(CommonReaders.MayRead(new AccessList(["group:b"], [])));

    // About one list in ten is commonly readable; a filter of the generator gives up when a hundred in a row are not.
    [Fact]
    public void What_is_commonly_readable_may_be_read_by_every_asker() =>
        Gen.Select(Entries, Entries, (allow, deny) => new AccessList(allow, deny))
            .Sample(
                access =>
                {
                    if (CommonReaders.MayRead(access))
                    {
                        Assert.All(
                            [new Asker("a", ["b"]), new Asker("a", []), new Asker("c", ["b"]), new Asker("c", [])],
                            asker => Assert.True(asker.MayRead(access)));
                    }
                },
                iter: 2_000);
}
