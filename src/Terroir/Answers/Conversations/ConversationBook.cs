using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Terroir.Access;
using Terroir.Catalog;
using Terroir.Protection;
using Terroir.Storage;

namespace Terroir.Answers.Conversations;

/// <summary>Keeps conversations as sealed turns.</summary>
internal sealed class ConversationBook(
    IConversationStore store,
    ICatalog catalog,
    TimeProvider timeProvider,
    IContentCipher? cipher = null,
    IKeyRing? keys = null) : IConversations
{
    private const int IdLength = 32;
    private const int TimeLength = 16;

    /// <summary>How often a turn is sealed while other processes change the key.</summary>
    internal const int SealAttemptMax = 3;

    /// <summary>Under which the keys of turns are kept. A collection of that name would share them and nothing else.
    /// </summary>
    internal static readonly CollectionId Keys = new("conversations");

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
                isThere &= live is not null && live.Version == cited.Version && asker.MayRead(live.Access)
                    && asker.MayEnter(cited.Collection);
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
        Put(owner, name, content);
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

    /// <summary>Deletes the conversations of an owner that are too old.</summary>
    /// <returns>How many turns were deleted.</returns>
    public int Prune(string owner)
    {
        var all = store.List(owner);
        return Delete(owner, all.Except(LivingOf(all).SelectMany(turns => turns)));
    }

    /// <summary>Lists the turns in a copy that are not too old.</summary>
    public IEnumerable<ConversationTurnName> LivingOf(IConversationStore copy, string owner) =>
        LivingOf(copy.List(owner)).SelectMany(turns => turns);

    /// <summary>Seals a turn under the newest key.</summary>
    /// <returns>Whether there is one that can be opened.</returns>
    public bool SealAnew(string owner, ConversationTurnName name)
    {
        if (TryRead(owner, name) is not { } turn)
        {
            return false;
        }

        Put(owner, name, JsonSerializer.SerializeToUtf8Bytes(turn, ConversationJson.Default.ConversationTurn));
        return true;
    }

    /// <summary>Opens a stored turn; <see langword="null"/> if its key was destroyed.</summary>
    public ConversationTurn? TryOpen(ConversationTurnName name, ReadOnlyMemory<byte> stored)
    {
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
        Prune(owner);
        return LivingOf(store.List(owner));
    }

    private IEnumerable<List<ConversationTurnName>> LivingOf(IEnumerable<ConversationTurnName> turns)
    {
        var oldest = timeProvider.GetUtcNow() - IConversations.AgeMax;
        return turns
            .GroupBy(turn => turn.Conversation, StringComparer.Ordinal)
            .Select(turns => turns.ToList())
            .Where(turns => TimeOf(turns[^1]) >= oldest)
            .OrderByDescending(turns => turns[^1].Turn, StringComparer.Ordinal);
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

    // An erasure of another process may change the key and destroy this one meanwhile. It looks at what is stored only
    // after that: so a turn that is found to be under the newest key once it is stored is either kept or sealed anew.
    private void Put(string owner, ConversationTurnName name, ReadOnlyMemory<byte> content)
    {
        if (cipher is not { IsSealing: true })
        {
            store.Put(owner, name, content.Span);
            return;
        }

        for (var attempt = 1; attempt <= SealAttemptMax; attempt++)
        {
            var sealedTurn = cipher.SealObject(Keys, content);
            store.Put(owner, name, sealedTurn.Span);
            _ = keys?.List();
            if (cipher.IsSealedByNewest(Keys, sealedTurn))
            {
                return;
            }
        }
    }

    // Another process may delete a turn between the list and the reading; its key may have been destroyed.
    private ConversationTurn? TryRead(string owner, ConversationTurnName name) =>
        store.Read(owner, name) is { } stored ? TryOpen(name, stored) : null;
}
