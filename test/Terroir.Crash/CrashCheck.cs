using System.Globalization;
using Terroir.Retrieval.Segments;

namespace Terroir.Crash;

/// <summary>Reopens a store after a kill and looks at everything in it.</summary>
internal sealed class CrashCheck(string folder, int round, CrashModel model)
{
    private readonly List<string> _problems = [];

    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken)
    {
        await using var site = CrashSite.Open(folder, CrashSite.ClockOfCheck(round));
        await RebuildAsync(cancellationToken);
        var kept = new HashSet<ContentHash>();
        foreach (var head in await site.Catalog.ListHeadsAsync(cancellationToken))
        {
            await ReadAllAsync(site, head.Collection, cancellationToken);

            // Whoever opens a collection puts the manifest that a kill left in the metastore.
            await using var writer = await site.Catalog.OpenWriterAsync(head.Collection, cancellationToken);
        }

        await new LedgerCheck(site, _problems).RunAsync(model, cancellationToken);
        await site.Maintenance.CollectGarbageAsync(TimeSpan.Zero, cancellationToken);
        var report = await site.Maintenance.VerifyAsync(cancellationToken);
        _problems.AddRange(report.Problems.Select(problem => $"verify-store: {problem}"));
        foreach (var collection in CrashSite.Collections)
        {
            var live = await site.Metastore.Catalog.ListObjectsAsync(collection, cancellationToken);
            kept.UnionWith(live.Select(item => item.Hash));
        }

        await foreach (var info in site.Files.ListAsync("b/", null, cancellationToken))
        {
            if (!kept.Contains(info.Key.Content))
            {
                _problems.Add("An object that nothing needs is left after the collection of garbage.");
            }
        }

        return _problems;
    }

    /// <summary>The live documents of a state by number.</summary>
    public static Dictionary<int, CrashVersion> Describe(CollectionState state) => state.Documents.ToDictionary(
        row => int.Parse(row.Document.Path, CultureInfo.InvariantCulture),
        row => new CrashVersion(row.Document.Version, row.Document.Access.Allow[0]));

    private async Task ReadAllAsync(CrashSite site, CollectionId collection, CancellationToken cancellationToken)
    {
        var state = await site.Catalog.ReadStateAsync(collection, 0, cancellationToken);
        if (!model.Accept(collection.Value, Describe(state!)))
        {
            _problems.Add($"'{collection}' is not what was acknowledged.");
        }

        try
        {
            foreach (var document in state!.Documents.Select(row => row.Document))
            {
                var original = await site.Catalog.ReadBlobAsync(document.Original, cancellationToken);
                var text = await site.Catalog.ReadBlobAsync(document.Text, cancellationToken);
                var passages = await site.Catalog.ReadPassagesAsync(document, cancellationToken);
                if (ContentHash.Of(original.Span) != document.Version || !original.Span.SequenceEqual(text.Span)
                    || passages.Count != 1)
                {
                    _problems.Add($"A document of '{collection}' has other bytes.");
                }
            }

            foreach (var segment in state.Segments)
            {
                var content = await site.Catalog.ReadObjectAsync(segment.Hash, segment.SizeBytes, cancellationToken);
                _ = new SegmentReader(content);
            }
        }
        catch (TerroirException exception)
        {
            _problems.Add($"'{collection}' cannot be read: {exception.Message}");
        }
    }

    // What is acknowledged must also come back from the object store alone.
    private async Task RebuildAsync(CancellationToken cancellationToken)
    {
        const string Name = "rebuilt.db";
        foreach (var file in Directory.GetFiles(folder, Name + "*"))
        {
            File.Delete(file);
        }

        await using var site = CrashSite.Open(folder, CrashSite.ClockOfCheck(round), metastore: Name);
        try
        {
            await site.LedgerMaintenance.RebuildAsync(cancellationToken);
            await site.Maintenance.RebuildAsync(cancellationToken);
            await new LedgerCheck(site, _problems).CompareAsync(model.Logged, cancellationToken);
            foreach (var collection in CrashSite.Collections)
            {
                var state = await site.Catalog.ReadStateAsync(collection, 0, cancellationToken);
                if (!model.Allows(collection.Value, state is null ? [] : Describe(state)))
                {
                    _problems.Add($"'{collection}' was not rebuilt as it was acknowledged.");
                }
            }
        }
        catch (TerroirException exception)
        {
            _problems.Add($"The metastore cannot be rebuilt: {exception.Message}");
        }
    }
}
