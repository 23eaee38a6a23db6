namespace Terroir.Storage.Embedded;

/// <summary>Keeps turns of conversations in a folder: a folder for each owner, and in it a file
/// <c>CONVERSATION-TURN</c> for each turn, which only its owner on the system reads.</summary>
/// <param name="root">The folder; it is made with the first turn.</param>
public sealed class FolderConversationStore(string root) : IConversationStore
{
    private const int NameLength = 32;
    private const int OwnerLength = 64;

    /// <inheritdoc/>
    public IReadOnlyList<string> ListOwners() => Read(
        () => Directory.Exists(root)
            ?
            [
                .. Directory.EnumerateDirectories(root)
                    .Select(path => Path.GetFileName(path))
                    .Where(name => IsName(name, OwnerLength))
                    .Order(StringComparer.Ordinal),
            ]
            : Array.Empty<string>());

    /// <inheritdoc/>
    public IReadOnlyList<ConversationTurnName> List(string owner)
    {
        var folder = FolderOf(owner);
        return Read(() => Directory.Exists(folder)
            ?
            [
                .. Directory.EnumerateFiles(folder)
                    .Select(path => Path.GetFileName(path))
                    .Order(StringComparer.Ordinal)
                    .Select(Parse)
                    .OfType<ConversationTurnName>(),
            ]
            : Array.Empty<ConversationTurnName>());
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? Read(string owner, ConversationTurnName turn)
    {
        var path = PathOf(owner, turn);
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (FileFailure.IsOne(exception))
        {
            throw FileFailure.Of("conversation store", "read", exception);
        }
    }

    /// <inheritdoc/>
    public void Put(string owner, ConversationTurnName turn, ReadOnlySpan<byte> content) =>
        DurableFile.Replace(PathOf(owner, turn), content, DurableFile.OwnerOnly);

    /// <inheritdoc/>
    public void Delete(string owner, ConversationTurnName turn) => DurableFile.Delete(PathOf(owner, turn));

    private static T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (FileFailure.IsOne(exception))
        {
            throw FileFailure.Of("conversation store", "read", exception);
        }
    }

    // What else is in the folder, such as a file that was being written, is no turn.
    private static ConversationTurnName? Parse(string name) =>
        name.Split('-') is [var conversation, var turn]
        && IsName(conversation, NameLength) && IsName(turn, NameLength)
            ? new ConversationTurnName(conversation, turn)
            : null;

    private static bool IsName(string name, int length) =>
        name.Length == length && name.All(char.IsAsciiHexDigitLower);

    private string FolderOf(string owner) => IsName(owner, OwnerLength)
        ? Path.Combine(root, owner)
        : throw new ArgumentException($"An owner is named by {OwnerLength} hexadecimal digits.", nameof(owner));

    private string PathOf(string owner, ConversationTurnName turn)
    {
        ArgumentNullException.ThrowIfNull(turn);
        return IsName(turn.Conversation, NameLength) && IsName(turn.Turn, NameLength)
            ? Path.Combine(FolderOf(owner), $"{turn.Conversation}-{turn.Turn}")
            : throw new ArgumentException($"A turn is named by {NameLength} hexadecimal digits.", nameof(turn));
    }
}
