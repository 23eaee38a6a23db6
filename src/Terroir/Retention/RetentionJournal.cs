using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Terroir.Audit;
using Terroir.Catalog;

namespace Terroir.Retention;

/// <summary>The memory of erasures and legal holds: objects <c>a/SITE/retention/TIME-ID</c>, each written once. They
/// are part of every backup, and a lost metastore loses none of them. The format is <c>docs/formats/erasure.md</c>.
/// </summary>
/// <remarks>Safe to call from several threads and processes at once: a reading lists the names, and sees what was
/// durable before it began.</remarks>
internal sealed class RetentionJournal : IErasedDocuments
{
    private const string Prefix = "retention/";
    private const string WorkPrefix = "retention-work/";

    // Under whose key the journal is sealed; it is no person's.
    private const string Owner = "site:retention";

    private static readonly byte[] TagContext = "terroir tombstone 1"u8.ToArray();

    private readonly ConcurrentDictionary<string, JournalEntry> _entries = new(StringComparer.Ordinal);
    private readonly ConfidentialObjects _objects;
    private readonly TimeProvider _time;
    private readonly byte[] _key;

    public RetentionJournal(ConfidentialObjects objects, LedgerIdentity identity, TimeProvider time)
    {
        _objects = objects;
        _time = time;
        _key = HMACSHA256.HashData(identity.SigningKey.ExportSeed(), TagContext);
    }

    /// <summary>Reads all that the journal says.</summary>
    public async Task<RetentionState> ReadAsync(CancellationToken cancellationToken)
    {
        var state = new RetentionState();
        foreach (var name in await _objects.ListAsync(Prefix, cancellationToken))
        {
            if (!_entries.TryGetValue(name, out var entry)
                && await _objects.TryReadAsync(name, cancellationToken) is { } content)
            {
                entry = Parse(name, content);
                _entries[name] = entry;
            }

            if (entry is not null)
            {
                state.Apply(entry);
            }
        }

        return state;
    }

    /// <inheritdoc/>
    public async ValueTask<ErasedDocuments> ReadErasedAsync(CancellationToken cancellationToken) =>
        (await ReadAsync(cancellationToken)).ToErased(_key);

    /// <summary>Names a content.</summary>
    public string TagOf(CollectionId collection, ContentHash content) =>
        ErasedDocuments.TagOf(_key, collection, content);

    /// <summary>Writes an entry; it is durable when the task ends.</summary>
    public Task AppendAsync(JournalEntry entry, CancellationToken cancellationToken)
    {
        // Names sort by time; what was written at one time is told apart by chance.
        var name = string.Create(
            CultureInfo.InvariantCulture,
            $"{Prefix}{entry.Time.UtcDateTime:yyyyMMddHHmmssfffffff}-{NewId(16)}");
        return _objects.PutIfAbsentAsync(name, Owner, RetentionJson.Write(entry), cancellationToken);
    }

    /// <summary>A time for an entry: after those that were written by this process.</summary>
    public DateTimeOffset Now() => _time.GetUtcNow();

    /// <summary>A new id.</summary>
    public static string NewId(int length) => RandomNumberGenerator.GetHexString(length, lowercase: true);

    /// <summary>Whom the work of an erasure is sealed for, so that its key can be destroyed.</summary>
    public static string WorkOwner(string order) => $"erasure:{order}";

    /// <summary>Writes the work of an erasure, in the place of what was there.</summary>
    public Task SaveWorkAsync(ErasureWork work, CancellationToken cancellationToken) => _objects.ReplaceAsync(
        WorkPrefix + work.Id,
        WorkOwner(work.Id),
        RetentionJson.Write(work),
        cancellationToken);

    /// <summary>Reads the work of an erasure.</summary>
    /// <returns>The work; <see langword="null"/> if there is none.</returns>
    public async Task<ErasureWork?> ReadWorkAsync(string order, CancellationToken cancellationToken) =>
        await _objects.TryReadAsync(WorkPrefix + order, cancellationToken) is { } content
            ? JsonSerializer.Deserialize(content.Span, RetentionJson.Default.ErasureWork)
            : null;

    /// <summary>Deletes the work of an erasure.</summary>
    public Task DeleteWorkAsync(string order, CancellationToken cancellationToken) =>
        _objects.DeleteAsync(WorkPrefix + order, cancellationToken);

    /// <summary>Lists the erasures that there is work of.</summary>
    public async Task<IReadOnlyList<string>> ListWorkAsync(CancellationToken cancellationToken) =>
        [.. (await _objects.ListAsync(WorkPrefix, cancellationToken)).Select(name => name[WorkPrefix.Length..])];

    private static JournalEntry Parse(string name, ReadOnlyMemory<byte> content)
    {
        try
        {
            return JsonSerializer.Deserialize(content.Span, RetentionJson.Default.JournalEntry) is { Format: 1 } entry
                ? entry
                : throw new BlobCorruptException(name);
        }
        catch (JsonException)
        {
            throw new BlobCorruptException(name);
        }
    }
}
