using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Terroir.Access;
using Terroir.Catalog;
using Terroir.Storage;

namespace Terroir.Answers.Conversations;

/// <summary>Keeps conversations as sealed turns, each under the key of its person.</summary>
internal sealed class ConversationBook(
    IConversationStore store,
    ICatalog catalog,
    TimeProvider timeProvider,
    IContentCipher? cipher = null) : IConversations
{
    private const int IdLength = 32;
    private const int TimeLength = 16;

    // Under which the keys of people are kept. A collection of that name would share its key and nothing else.
    private static readonly CollectionId Keys = new("conversations");

    /// <summary>Draws the id of a new conversation.</summary>
    public static string CreateId() => RandomNumberGenerator.GetHexString(IdLength, lowercase: true);

    public IReadOnlyList<ConversationSummary> List(Asker asker)
    {
        var owner = OwnerOf(asker.User);
        return
        [
            .. Living(owner)
                .Select(turns => (Turns: turns, First: TryRead(owner, turns[0])))
                .Where(item => item.First is not null)
                .Select(item => new ConversationSummary(
                    item.Turns[0].Conversation,
                    item.First!.Asked,
                    item.Turns.Count,
                    TimeOf(item.Turns[^1]))),
        ];
    }

    public async Task<Conversation?> FindAsync(Asker asker, string id, CancellationToken cancellationToken)
    {
        var turns = new List<ConversationTurn>();
        foreach (var turn in ReadTurns(asker, id))
        {
            var isThere = true;
            foreach (var cited in turn.Documents)
            {
                var live = await catalog.FindDocumentAsync(cited.Collection, cited.Document, cancellationToken);
                isThere &= live is not null && live.Version == cited.Version && asker.MayRead(live.Access);
            }

            turns.Add(isThere ? turn : turn with { Answer = "", Documents = [], IsKeptBack = true });
        }

        return turns.Count > 0 ? new Conversation(id, turns) : null;
    }

    public bool Delete(Asker asker, string id)
    {
        var owner = OwnerOf(asker.User);
        var turns = Living(owner).FirstOrDefault(turns => IsOf(turns, id));
        Delete(owner, turns ?? []);
        return turns is not null;
    }

    public int DeletePerson(string user)
    {
        var owner = OwnerOf(user);
        return Delete(owner, store.List(owner));
    }

    public int DeleteTurns(Func<ConversationTurn, bool> isGone, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var owner in store.ListOwners())
        {
            foreach (var name in store.List(owner))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (TryRead(owner, name) is { } turn && isGone(turn))
                {
                    store.Delete(owner, name);
                    count++;
                }
            }
        }

        return count;
    }

    /// <summary>Reads the turns of a person's conversation, the oldest first; none if there is none.</summary>
    public IReadOnlyList<ConversationTurn> ReadTurns(Asker asker, string id)
    {
        var owner = OwnerOf(asker.User);
        return Living(owner).FirstOrDefault(turns => IsOf(turns, id)) is { } names
            ? [.. names.Select(name => TryRead(owner, name)).OfType<ConversationTurn>()]
            : [];
    }

    /// <summary>Adds a turn, and makes room for it. Once this returns it is durable.</summary>
    public void Add(Asker asker, string id, ConversationTurn turn)
    {
        var owner = OwnerOf(asker.User);
        var content = JsonSerializer.SerializeToUtf8Bytes(turn, ConversationJson.Default.ConversationTurn);
        if (content.Length > IConversations.TurnSizeMaxBytes)
        {
            content = JsonSerializer.SerializeToUtf8Bytes(
                turn with { Answer = "" },
                ConversationJson.Default.ConversationTurn);
        }

        var time = turn.At.ToUnixTimeMilliseconds().ToString("x16", CultureInfo.InvariantCulture);
        var name = new ConversationTurnName(
            id, time + RandomNumberGenerator.GetHexString(IdLength - TimeLength, lowercase: true));
        store.Put(owner, name, Seal(asker.User, content).Span);
        var conversations = Living(owner).ToArray();
        foreach (var older in conversations.Skip(IConversations.ConversationCountMax))
        {
            Delete(owner, older);
        }

        foreach (var turns in conversations.Where(turns => turns.Count > IConversations.TurnCountMax))
        {
            Delete(owner, turns.SkipLast(IConversations.TurnCountMax));
        }
    }

    private static string OwnerOf(string user) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Principal.User(user))));

    private static bool IsOf(List<ConversationTurnName> turns, string id) =>
        string.Equals(turns[0].Conversation, id, StringComparison.Ordinal);

    private static DateTimeOffset TimeOf(ConversationTurnName turn) => DateTimeOffset.FromUnixTimeMilliseconds(
        Math.Min(
            long.Parse(turn.Turn.AsSpan(0, TimeLength), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
            DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));

    // The conversations of a person, the latest first; those that are too old are deleted.
    private IEnumerable<List<ConversationTurnName>> Living(string owner)
    {
        var oldest = timeProvider.GetUtcNow() - IConversations.AgeMax;
        var all = store.List(owner)
            .GroupBy(turn => turn.Conversation, StringComparer.Ordinal)
            .Select(turns => turns.ToList())
            .ToLookup(turns => TimeOf(turns[^1]) >= oldest);
        foreach (var old in all[false])
        {
            Delete(owner, old);
        }

        return all[true].OrderByDescending(turns => turns[^1].Turn, StringComparer.Ordinal);
    }

    private int Delete(string owner, IEnumerable<ConversationTurnName> turns)
    {
        var count = 0;
        foreach (var turn in turns)
        {
            store.Delete(owner, turn);
            count++;
        }

        return count;
    }

    private ReadOnlyMemory<byte> Seal(string user, ReadOnlyMemory<byte> content) => cipher is { IsSealing: true }
        ? cipher.SealDocument(Keys, DocumentId.For(Keys, Principal.User(user)), content)
        : content;

    // Another process may delete a turn between the list and the reading; a person's key may have been destroyed.
    private ConversationTurn? TryRead(string owner, ConversationTurnName name)
    {
        if (store.Read(owner, name) is not { } stored)
        {
            return null;
        }

        try
        {
            var content = cipher is not null && SealedContent.IsSealed(stored.Span)
                ? cipher.Open(stored, $"conversation {name.Conversation}")
                : stored;
            return JsonSerializer.Deserialize(content.Span, ConversationJson.Default.ConversationTurn);
        }
        catch (KeyUnavailableException exception) when (exception.IsDestroyed)
        {
            return null;
        }
        catch (JsonException)
        {
            throw new BlobCorruptException($"conversation {name.Conversation}");
        }
    }
}
