using Terroir.Storage;

namespace Terroir.Protection;

/// <summary>The keys of a site's collections. The newest key of a collection seals; every key opens.</summary>
/// <remarks>Safe to share between threads, and between processes: each key is a file of its own, and keys are changed
/// by one process at a time. No key seals, and no master key wraps, whose place another process has given to a new
/// one.</remarks>
internal sealed class KeyRing(
    IKeyStore store,
    KeyProtector protector,
    TimeProvider timeProvider,
    Func<KeyProtector>? readProtector = null) : IKeyRing
{
    // The clock of a file system may be coarse: of two changes within it the first may hide the second.
    private static readonly TimeSpan ClockStepMax = TimeSpan.FromSeconds(2);

    private readonly Lock _turn = new();
    private DateTimeOffset _readAt = DateTimeOffset.MinValue;
    private bool _isTurn;
    private KeyProtector _protector = protector;
    private Dictionary<string, KeyFile> _files = [];
    private Dictionary<string, CollectionKey> _keys = [];

    /// <summary>The key that seals in a collection, for a use. The first time it is made, and kept before it is
    /// used.</summary>
    /// <exception cref="KeyUnavailableException">There is a key, and it cannot be unwrapped.</exception>
    public CollectionKey Current(CollectionId collection, KeyUse use = KeyUse.Documents)
    {
        lock (_turn)
        {
            var ring = IsFresh() ? this : Reload();
            return ring.Newest(collection, use)
                ?? Change(() => Newest(collection, use) ?? Add(collection, use));
        }
    }

    /// <summary>A key by its id.</summary>
    /// <exception cref="KeyUnavailableException">It is not here, or it cannot be unwrapped.</exception>
    public CollectionKey Find(string id)
    {
        lock (_turn)
        {
            if (!_files.ContainsKey(id) && !Reload()._files.ContainsKey(id))
            {
                throw new KeyUnavailableException(
                    id,
                    "is not in the key ring",
                    "Put its file back from a backup of the site's keys, or run 'terroir key import'.");
            }

            return Unwrap(_files[id]);
        }
    }

    public IReadOnlyList<KeyDescription> List()
    {
        lock (_turn)
        {
            Reload();
            return
            [
                .. _files.Values
                    .OrderBy(file => file.Collection, StringComparer.Ordinal)
                    .ThenBy(file => file.CreatedAt)
                    .ThenBy(file => file.Id, StringComparer.Ordinal)
                    .Select(file => new KeyDescription(
                        file.Id,
                        new CollectionId(file.Collection),
                        file.CreatedAt,
                        file.Wrapping.Kind,
                        IsCurrent: NewestFile(new CollectionId(file.Collection), file.ToUse()) == file,
                        file.ToUse())),
            ];
        }
    }

    public void Check()
    {
        lock (_turn)
        {
            foreach (var file in Reload()._files.Values)
            {
                Unwrap(file);
            }
        }
    }

    public string Rotate(CollectionId collection) => Rotate(collection, KeyUse.Documents);

    public string RotateObjects(CollectionId collection) => Rotate(collection, KeyUse.Objects);

    // Every key is unwrapped before the first is written: a ring is never left half in one hand and half in another
    // because of a key that cannot be read.
    public int Rewrap(Func<MasterSecret> prepare, Action complete) => Change(() =>
    {
        var keys = _files.Values.Select(Unwrap).ToArray();
        var next = prepare().ToProtector();
        foreach (var key in keys)
        {
            Keep(key, next);
        }

        complete();
        _protector = next;
        return keys.Length;
    });

    public byte[] Export(MasterSecret secret)
    {
        lock (_turn)
        {
            Reload();
            return KeyFile.WriteAll(_files.Values
                .OrderBy(file => file.Id, StringComparer.Ordinal)
                .Select(file => KeyFile.Wrap(Unwrap(file), secret.ToProtector())));
        }
    }

    public int? Import(ReadOnlyMemory<byte> content, MasterSecret secret)
    {
        var keys = KeyFile.ReadAll(content.Span)?.Select(file => file.Unwrap(secret.ToProtector())).ToArray();
        return keys is null || Array.Exists(keys, key => key is null) ? null : Change(() =>
        {
            var missing = keys
                .Where(key => !_files.TryGetValue(key!.Id, out var file) || file.Unwrap(_protector) is null)
                .ToArray();
            foreach (var key in missing)
            {
                Keep(key!, _protector);
            }

            return missing.Length;
        });
    }

    public int Destroy(CollectionId collection, IReadOnlyList<ReadOnlyMemory<byte>> leaves, string? before = null) =>
        Change(() =>
        {
            var limit = before is null ? null : _files.GetValueOrDefault(before);
            var gone = new HashSet<int>();
            foreach (var file in _files.Values.Where(file => file.IsOf(collection)
                && (limit is null || IsOlder(file, limit))).ToArray())
            {
                var key = Unwrap(file);
                var there = Enumerable.Range(0, leaves.Count).Where(i => key.Tree.Has(leaves[i].Span)).ToList();
                if (there.Count > 0)
                {
                    Keep(key with { Tree = key.Tree.Without([.. there.Select(i => leaves[i])]) }, _protector);
                    gone.UnionWith(there);
                }
            }

            return gone.Count;
        });

    public int DestroyOldObjectKeys(CollectionId collection) => Change(() =>
    {
        var newest = NewestFile(collection, KeyUse.Objects);
        var old = _files.Values
            .Where(file => file.IsOf(collection) && file.ToUse() is KeyUse.Objects && file != newest)
            .ToArray();
        var keys = old.Select(Unwrap).Where(key => key.Tree.NodeCount > 0).ToArray();
        foreach (var key in keys)
        {
            // Its id stays, so that what it sealed is known to be erased, and not to miss a key.
            Keep(key with { Tree = KeyTree.Empty }, _protector);
        }

        return keys.Length;
    });

    private string Rotate(CollectionId collection, KeyUse use) => Change(() => Add(collection, use).Id);

    // One at a time in all processes, on the keys that there are, under the master key that there is.
    private T Change<T>(Func<T> change)
    {
        lock (_turn)
        {
            using var turn = store.Lock();
            _isTurn = true;
            try
            {
                Reload();
                if (IsMasterKeyInDoubt())
                {
                    _protector = readProtector?.Invoke() ?? _protector;
                }

                return change();
            }
            finally
            {
                _isTurn = false;
            }
        }
    }

    // A passphrase and a key of the settings are changed by nobody else; the site's own may have been. Whoever changed
    // it wrapped every key under the new one.
    private bool IsMasterKeyInDoubt() =>
        _protector.Wrapping.Kind is KeyWrapping.KeyFile
        && (_files.Count == 0 || _files.Values.Any(file =>
            !string.Equals(file.Wrapping.Check, _protector.Wrapping.Check, StringComparison.Ordinal)));

    private bool IsFresh() =>
        store.ReadChangedAt() is var changedAt
        && changedAt == _readAt
        && timeProvider.GetUtcNow() - changedAt > ClockStepMax;

    // The order in which keys take the place of one another.
    private static bool IsOlder(KeyFile file, KeyFile than) =>
        file.CreatedAt < than.CreatedAt
        || (file.CreatedAt == than.CreatedAt && string.CompareOrdinal(file.Id, than.Id) > 0);

    private CollectionKey Add(CollectionId collection, KeyUse use)
    {
        // A clock that goes back must not make a new key the older one.
        var now = timeProvider.GetUtcNow();
        var newest = NewestFile(collection, use)?.CreatedAt;
        return Keep(
            CollectionKey.Generate(collection, use, newest >= now ? newest.Value.AddTicks(1) : now),
            _protector);
    }

    private CollectionKey Keep(CollectionKey key, KeyProtector by)
    {
        var file = KeyFile.Wrap(key, by);
        store.Put(key.Id, file.Write());
        _files[key.Id] = file;
        _keys[key.Id] = key;
        return key;
    }

    private KeyRing Reload()
    {
        var readAt = store.ReadChangedAt();
        var files = new Dictionary<string, KeyFile>(StringComparer.Ordinal);
        foreach (var (name, content) in store.Read())
        {
            var file = KeyFile.Read(content.Span) ?? throw new KeyUnavailableException(
                name,
                "is no key of this version",
                "Put its file back from a backup of the site's keys.");
            files[file.Id] = file;
        }

        // What another process rewrote, such as without a destroyed leaf, is unwrapped anew.
        _keys = _keys.Where(item =>
            files.TryGetValue(item.Key, out var file) && file.Wrapped.AsSpan().SequenceEqual(_files[item.Key].Wrapped))
            .ToDictionary(StringComparer.Ordinal);
        (_files, _readAt) = (files, readAt);
        return this;
    }

    private CollectionKey? Newest(CollectionId collection, KeyUse use) =>
        NewestFile(collection, use) is { } file ? Unwrap(file) : null;

    private KeyFile? NewestFile(CollectionId collection, KeyUse use) => _files.Values
        .Where(file => file.IsOf(collection) && file.ToUse() == use)
        .OrderByDescending(file => file.CreatedAt)
        .ThenBy(file => file.Id, StringComparer.Ordinal)
        .FirstOrDefault();

    private CollectionKey Unwrap(KeyFile file)
    {
        if (!_keys.TryGetValue(file.Id, out var key))
        {
            key = file.Unwrap(_protector) ?? Renewed(file) ?? throw new KeyUnavailableException(
                file.Id,
                $"cannot be unwrapped: it was wrapped under another {Name(file.Wrapping)}",
                "Set 'protection: masterKey:' or 'protection: passphrase:' to the one that it was wrapped under.");
            _keys[file.Id] = key;
        }

        return key;
    }

    // Another process may have given the site a new master key, and may be about to give it another: then the file and
    // the master key that were read do not fit, and both are read again while nobody changes them.
    private CollectionKey? Renewed(KeyFile file)
    {
        if (readProtector is null)
        {
            return null;
        }

        var key = Try(file);
        if (key is not null || _isTurn)
        {
            return key;
        }

        using var turn = store.Lock();
        return Reload()._files.TryGetValue(file.Id, out var again) ? Try(again) : null;

        CollectionKey? Try(KeyFile wrapped)
        {
            var renewed = readProtector();
            if (wrapped.Unwrap(renewed) is not { } found)
            {
                return null;
            }

            _protector = renewed;
            return found;
        }
    }

    private static string Name(KeyWrapping wrapping) =>
        wrapping.Kind is KeyWrapping.Passphrase ? "passphrase" : "master key";
}
