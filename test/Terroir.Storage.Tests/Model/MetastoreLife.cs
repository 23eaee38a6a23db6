using Terroir.Storage.Conformance;

namespace Terroir.Storage.Tests.Model;

/// <summary>Plays steps on one metastore and writes down every answer and all that can be read afterwards.</summary>
internal sealed class MetastoreLife(IMetastore store, Action<TimeSpan> wait)
{
    private static readonly CollectionId[] Collections = [new("a"), new("b"), new("c")];
    private static readonly TimeSpan LeaseDuration = TimeSpan.FromMinutes(1);
    private static readonly ContentHash[] Hashes =
        [.. Enumerable.Range(0, MetastoreStep.ObjectCount).Select(i => StoreSamples.Hash($"object {i}"))];

    private readonly Lease[] _leases =
        [.. Enumerable.Range(0, 4).Select(i => new Lease($"collection/{i / 2}", $"{i % 2}", 0, default))];

    private ContentHash[] _marked = [];
    private Lease? _collector;
    private Pin? _pin;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Plays one step.</summary>
    /// <returns>The answer, and what every reading returns then.</returns>
    public async Task<string> PlayAsync(MetastoreStep step) => $"{await AnswerAsync(step)}\n{await DescribeAsync()}";

    private async Task<string> AnswerAsync(MetastoreStep step)
    {
        var collection = Collections[step.Collection];
        var place = (step.Collection * 2) + step.Writer;
        var fence = _leases[place].Fence;
        switch (step.Kind)
        {
            case StepKind.Acquire:
                var old = _leases[place];
                var lease = await store.Leases.AcquireAsync(old.Name, old.Owner, LeaseDuration, Stop);
                _leases[place] = lease ?? old;
                return $"{lease}";
            case StepKind.Release:
                await store.Leases.ReleaseAsync(_leases[place], Stop);
                return "";
            case StepKind.Stage:
                return $"{await store.Catalog.StageAsync(collection, [Hashes[step.First]], fence, Stop)}";
            case StepKind.Unstage:
                await store.Catalog.UnstageAsync(collection, fence, Stop);
                return "";
            case StepKind.Publish:
                return await PublishAsync(step, collection, fence);
            case StepKind.Pin:
                _pin = await store.Catalog.PinAsync(collection, "test", TimeSpan.FromSeconds(20), Stop);
                return $"{_pin?.Generation} {_pin?.Until:O}";
            case StepKind.Unpin when _pin is not null:
                await store.Catalog.UnpinAsync(_pin, Stop);
                return "";
            case StepKind.Mark:
                return await MarkAsync(step);
            case StepKind.Confirm when _collector is not null:
                return $"{await store.Garbage.ConfirmAsync(_marked, _collector.Fence, Stop)}";
            case StepKind.Restore:
                return await RestoreAsync();
            default:
                wait(TimeSpan.FromSeconds(step.Has(0) ? 1 : 12));
                return "";
        }
    }

    private async Task<string> PublishAsync(MetastoreStep step, CollectionId collection, Fence fence)
    {
        var (pack, segment) = (Pack(step.First), Segment(step.Second));
        var head = await store.Catalog.ReadHeadAsync(collection, Stop);
        StoredObject[] objects = step.Has(0)
            ? [pack, StoreSamples.ObjectOf(segment)]
            : [pack, StoreSamples.ObjectOf(segment), new StoredObject(pack.Hash, ObjectKind.Records, pack.SizeBytes)];
        if (step.Bits % 7 != 0)
        {
            await store.Catalog.StageAsync(collection, [.. objects.Select(item => item.Hash)], fence, Stop);
        }

        var publication = new Publication
        {
            Collection = collection,
            ExpectedGeneration = (head?.Generation ?? 0) + (step.Bits % 11 == 0 ? 1 : 0),
            Fence = fence,
            Manifest = StoreSamples.Bytes($"{step}"),
            ManifestHash = StoreSamples.Hash($"{step}"),
            Objects = step.Bits % 13 == 0 ? [] : objects,
            Segments = step.Has(1) ? [segment] : [],
            Documents =
            [
                .. Documents(step, 2).Select(i => StoreSamples.Document($"{i}", pack, segment, $"{step.Bits}")),
            ],
            Removed = [.. Documents(step, 5).Select(i => DocumentId.For(StoreSamples.Chu, $"folder:{i}"))],
            Merge = step.Has(1) ? null : new SegmentMerge([Hashes[step.First], Hashes[step.Second]], segment),
            Released = [Hashes[step.Second]],
        };
        try
        {
            return $"{await store.Catalog.PublishAsync(publication, Stop)}";
        }
        catch (ArgumentException)
        {
            return "refused";
        }
    }

    private async Task<string> MarkAsync(MetastoreStep step)
    {
        var grace = TimeSpan.FromSeconds(step.Has(0) ? 0 : 10);
        _collector = await store.Leases.AcquireAsync("gc", "collector", LeaseDuration, Stop);
        var marked = await store.Garbage.MarkAsync(grace, step.Has(1) ? 10 : 1, _collector!.Fence, Stop);
        _marked = [.. marked!.Select(item => item.Hash)];
        return string.Join(' ', marked!.Select(item => $"{Number(item.Hash)}:{item.Kind}:{item.SizeBytes}"));
    }

    private async Task<string> RestoreAsync()
    {
        var state = await store.Catalog.ReadStateAsync(Collections[0], 0, Stop);
        if (state is null)
        {
            return "";
        }

        var objects = await store.Catalog.ListObjectsAsync(Collections[0], Stop);
        var elsewhere = state with { Head = state.Head with { Collection = Collections[2] } };
        try
        {
            return $"{await store.Catalog.RestoreCollectionAsync(elsewhere, objects, Stop)}";
        }
        catch (StorageFailedException)
        {
            return "being deleted";
        }
    }

    private async Task<string> DescribeAsync()
    {
        var lines = new List<string>();
        foreach (var head in await store.Catalog.ListHeadsAsync(Stop))
        {
            lines.Add($"{head}");
            foreach (var since in new[] { 0, Math.Max(0, head.Generation - 1), head.Generation })
            {
                lines.Add(Describe((await store.Catalog.ReadStateAsync(head.Collection, since, Stop))!));
            }

            var objects = await store.Catalog.ListObjectsAsync(head.Collection, Stop);
            lines.Add(string.Join(' ', objects.Select(item => $"{Number(item.Hash)}{item.Kind}{item.SizeBytes}")));
            var usage = await store.Garbage.ReadPackUsageAsync(head.Collection, Stop);
            lines.Add(string.Join(' ', usage.Select(pack => $"{Number(pack.Pack)}:{pack.LiveBytes}")));
        }

        var pending = await store.Catalog.ListPendingManifestsAsync(Stop);
        lines.Add(string.Join(' ', pending.Select(item => $"{item.Collection}{item.Generation}")));
        var known = await store.Garbage.FindKnownAsync(Hashes, Stop);
        lines.Add(string.Join(' ', known.Select(Number).Order()));
        return string.Join('\n', lines);
    }

    private static string Describe(CollectionState state) =>
        $"{state.Since}: {string.Join(' ', state.Segments.Select(row => Number(row.Hash)))} | "
        + string.Join(' ', state.Documents.Select(row => $"{row.Document.Path}{row.Document.Version}{row.Segment}"))
        + $" | {string.Join(' ', state.Removed)}";

    private static IEnumerable<int> Documents(MetastoreStep step, int bit) =>
        Enumerable.Range(0, MetastoreStep.DocumentCount).Where(i => step.Has(bit + i));

    private static StoredObject Pack(int number) => new(Hashes[number], ObjectKind.Pack, 1_000);

    private static SegmentRow Segment(int number) => new(Hashes[number], 1, 3, 1_000);

    private static int Number(ContentHash hash) => Array.IndexOf(Hashes, hash);
}
