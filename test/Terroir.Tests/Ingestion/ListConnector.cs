using System.Text;
using Terroir.Documents;
using Terroir.Ingestion;
using Terroir.Sources;
using Terroir.Storage;

namespace Terroir.Tests.Ingestion;

/// <summary>A kind of source whose items are a list in memory, with a cursor and with whatever goes wrong.</summary>
internal sealed class ListConnector : IConnector, ISourceConnection, ISourceHosts
{
    private readonly Dictionary<string, (string Text, ListedItem Item, int At)> _items = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _gone = new(StringComparer.Ordinal);
    private int _version;

    public string Kind => "list";

    public IReadOnlyList<ConnectorSetting> Settings { get; } =
    [
        new("place", "Where it is.", "here"),
        new("password", "Its secret.", "env:PASSWORD") { IsSecret = true },
    ];

    public IReadOnlyList<string> PermissionModes { get; } = [SourcePermissions.Source, SourcePermissions.File];

    /// <summary>The cursors with which it was listed.</summary>
    public List<string?> Cursors { get; } = [];

    /// <summary>The paths that were fetched.</summary>
    public List<string> Fetched { get; } = [];

    /// <summary>The paths that cannot be fetched now, and what comes instead.</summary>
    public Dictionary<string, FetchVerdict> Faults { get; } = new(StringComparer.Ordinal);

    /// <summary>What is thrown by the next calls.</summary>
    public Queue<SourceUnavailableException> Failures { get; } = new();

    /// <summary>Parts that cannot be listed.</summary>
    public List<UnreadPart> Unread { get; } = [];

    /// <summary>Changes a listing before it is given.</summary>
    public Func<SourceListing, SourceListing> Change { get; set; } = listing => listing;

    public void Put(string path, string text, ItemReaders? readers = null, string? identity = null)
    {
        _version++;
        _gone.Remove(path);
        var item = new ListedItem
        {
            Path = path,
            Fingerprint = $"{_version}",
            SizeBytes = Encoding.UTF8.GetByteCount(text),
            Readers = readers ?? new ItemReaders(new AccessList(["everyone"], []), ""),
            Identity = identity,
        };
        _items[path] = (text, item, _version);
    }

    /// <summary>Changes who reads, and not the content.</summary>
    public void Share(string path, AccessList access)
    {
        _version++;
        var (text, item, _) = _items[path];
        _items[path] = (text, item with { Readers = new ItemReaders(access, "") }, _version);
    }

    public void Delete(string path)
    {
        _items.Remove(path);
        _gone[path] = ++_version;
    }

    public IReadOnlyList<SettingFault> Check(SourceSettings settings) => [];

    public IAsyncEnumerable<ConnectionStep> TestAsync(
        SourceSettings settings,
        IConnectorHost host,
        CancellationToken cancellationToken) => AsyncEnumerable.Empty<ConnectionStep>();

    public Task<ISourceConnection> OpenAsync(
        SourceSettings settings,
        IConnectorHost host,
        CancellationToken cancellationToken) => Task.FromResult<ISourceConnection>(this);

    public IConnectorHost Open(SourceRecord source) => new NoHost();

    public Task<SourceListing> ListAsync(string? cursor, CancellationToken cancellationToken)
    {
        Cursors.Add(cursor);
        ThrowIfDown();
        var since = cursor is null ? 0 : int.Parse(cursor, System.Globalization.CultureInfo.InvariantCulture);
        var items = _items.Values.Where(entry => entry.At > since).Select(entry => entry.Item)
            .Where(item => !Unread.Exists(part => item.Path.StartsWith(part.Path, StringComparison.Ordinal)))
            .OrderBy(item => item.Path, StringComparer.Ordinal);
        return Task.FromResult(Change(new SourceListing
        {
            Items = [.. items],
            IsComplete = cursor is null,
            Gone = cursor is null ? [] : [.. _gone.Where(pair => pair.Value > since).Select(pair => pair.Key)],
            Cursor = $"{_version}",
            Unread = [.. Unread],
        }));
    }

    public ValueTask<FetchedItem> FetchAsync(
        ListedItem item,
        long sizeMaxBytes,
        CancellationToken cancellationToken)
    {
        ThrowIfDown();
        lock (Fetched)
        {
            Fetched.Add(item.Path);
        }

        return ValueTask.FromResult(
            Faults.TryGetValue(item.Path, out var verdict)
                ? new FetchedItem(verdict, item, ReadOnlyMemory<byte>.Empty, Remark.Said("Try again."))
                : _items.TryGetValue(item.Path, out var entry)
                    ? new FetchedItem(FetchVerdict.Fetched, entry.Item, Encoding.UTF8.GetBytes(entry.Text))
                    : new FetchedItem(FetchVerdict.Gone, item, ReadOnlyMemory<byte>.Empty));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void ThrowIfDown()
    {
        if (Failures.TryDequeue(out var failure))
        {
            throw failure;
        }
    }

    private sealed class NoHost : IConnectorHost
    {
        public TimeProvider Clock => TimeProvider.System;

        public string ReadSecret(string reference) => throw new NotSupportedException();

        public ValueTask<Stream> ConnectAsync(string host, int port, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
