using Terroir.Storage.Embedded;

namespace Terroir.Storage.Tests.Embedded;

public sealed class FolderConversationStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FolderConversationStore _store;

    public FolderConversationStoreTests() => _store = new FolderConversationStore(_folder["conversations"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_put_is_listed_by_name_read_and_gone_once_deleted()
    {
        ConversationTurnName[] turns = [Turn('b', '1'), Turn('a', '2'), Turn('a', '1')];
        foreach (var turn in turns)
        {
            _store.Put(Owner('1'), turn, [1, 2, 3]);
        }

        // Another store over the same folder is another process.
        var other = new FolderConversationStore(_folder["conversations"]);
        Assert.Equal([Owner('1')], other.ListOwners());
        Assert.Equal([Turn('a', '1'), Turn('a', '2'), Turn('b', '1')], other.List(Owner('1')));
        Assert.Equal([1, 2, 3], other.Read(Owner('1'), turns[0])!.Value.ToArray());
        other.Delete(Owner('1'), turns[0]);
        other.Delete(Owner('1'), turns[0]);
        Assert.Null(_store.Read(Owner('1'), turns[0]));
        Assert.Equal(2, _store.List(Owner('1')).Count);
    }

    [Fact]
    public void Nothing_is_there_before_the_first_turn()
    {
        Assert.Empty(_store.ListOwners());
        Assert.Empty(_store.List(Owner('1')));
        Assert.Null(_store.Read(Owner('1'), Turn('a', '1')));
        _store.Delete(Owner('1'), Turn('a', '1'));
    }

    [Fact]
    public void Files_that_are_no_turns_are_passed_over()
    {
        _store.Put(Owner('1'), Turn('a', '1'), [1]);
        File.WriteAllText(_folder[$"conversations/{Owner('1')}/notes.txt"], "x");
        File.WriteAllText(_folder[$"conversations/{Owner('1')}/.tmp-{Turn('a', '2').Turn}"], "x");
        Directory.CreateDirectory(_folder["conversations/lost+found"]);

        Assert.Equal([Turn('a', '1')], _store.List(Owner('1')));
        Assert.Equal([Owner('1')], _store.ListOwners());
    }

    [Theory]
    [InlineData("../../../etc/passwd")]
    [InlineData("")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF")]
    public void A_name_that_is_none_reaches_no_file(string name)
    {
        Assert.Throws<ArgumentException>(() => _store.List(name));
        Assert.Throws<ArgumentException>(() => _store.Read(Owner('1'), new ConversationTurnName(name, name)));
        Assert.Throws<ArgumentException>(() => _store.Put(Owner('1'), new ConversationTurnName(name, name), [1]));
        Assert.Throws<ArgumentException>(() => _store.Delete(Owner('1'), new ConversationTurnName(name, name)));
    }

    [Fact]
    public void A_turn_is_read_by_its_owner_only()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("This system has no modes.");
            return;
        }

        _store.Put(Owner('1'), Turn('a', '1'), [1]);
        var file = Assert.Single(Directory.GetFiles(_folder[$"conversations/{Owner('1')}"]));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    private static string Owner(char digit) => new(digit, 64);

    private static ConversationTurnName Turn(char conversation, char turn) =>
        new(new string(conversation, 32), new string(turn, 32));
}
