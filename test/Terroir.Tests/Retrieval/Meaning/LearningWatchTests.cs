using CsCheck;
using Terroir.Catalog;
using Terroir.Retrieval;
using Terroir.Retrieval.Derived;
using Terroir.Retrieval.Meaning;
using Terroir.Retrieval.Segments;
using Terroir.Storage;
using Terroir.Storage.Embedded;

namespace Terroir.Tests.Retrieval.Meaning;

/// <summary>What a watch says of changes, against what all documents say.</summary>
public sealed class LearningWatchTests
{
    private const int CountMin = 3;

    private static readonly AccessList Restricted = new(["group:staff"], []);

    private static readonly ContentHash Learned = ContentHash.Of([1]);

    private static readonly Gen<Change> Changes = Gen.Select(
        Gen.Int[0, 30],
        Gen.Frequency((4, Gen.Const("old")), (2, Gen.Const("new")), (1, Gen.Const(""))),
        Gen.Frequency((3, Gen.Const(TestDocuments.Open)), (1, Gen.Const(Restricted))),
        (seed, text, access) => new Change(seed, text, access));

    [Fact]
    public void It_never_lets_stay_what_all_documents_would_have_learned_anew() =>
        Gen.Select(Gen.Int[0, 20], Changes.Array[0, 4].Array[1, 6]).Sample((count, generations) =>
        {
            var live = Enumerable.Range(0, count).ToDictionary(seed => seed, seed => Row(seed));
            var basis = count < CountMin ? null : Learn(live.Values);
            if (Choose(basis, live.Values) is not null)
            {
                return;
            }

            var watch = Watch(basis, live.Values);
            for (var generation = 2; generation <= generations.Length + 1; generation++)
            {
                var changes = Apply(live, generations[generation - 2], generation);
                if (!watch.MayStay(Learned, changes))
                {
                    // All documents are looked at now, and another watch begins.
                    return;
                }

                Assert.Null(Choose(basis, live.Values));
                Assert.Equal(generation, watch.JudgedUntil(Learned)?.Generation);
                watch = Reopen(watch);
            }
        });

    [Fact]
    public void New_documents_that_few_may_read_are_no_reason_to_look_at_all()
    {
        var live = Enumerable.Range(0, 10).ToDictionary(seed => seed, seed => Row(seed));
        var watch = Watch(Learn(live.Values), live.Values);

        Assert.True(watch.MayStay(Learned, Apply(live, [.. New(20, 60, Restricted)], 2)));
        Assert.True(watch.MayStay(Learned, Apply(live, [.. New(100, 4, TestDocuments.Open)], 3)));
        Assert.False(watch.MayStay(Learned, Apply(live, [.. New(200, 1, TestDocuments.Open)], 4)));
    }

    [Fact]
    public void A_document_that_is_written_twice_counts_once()
    {
        var live = Enumerable.Range(0, 10).ToDictionary(seed => seed, seed => Row(seed));
        var watch = Watch(Learn(live.Values), live.Values);

        foreach (var generation in Enumerable.Range(2, 20))
        {
            Assert.True(watch.MayStay(Learned, Apply(live, [.. New(100, 4, TestDocuments.Open)], generation)));
        }
    }

    [Fact]
    public void It_knows_only_what_it_began_with()
    {
        var live = Enumerable.Range(0, 10).ToDictionary(seed => seed, seed => Row(seed));
        var watch = Watch(Learn(live.Values), live.Values);

        Assert.Equal(1, watch.JudgedUntil(Learned)?.Generation);
        Assert.Null(watch.JudgedUntil(ContentHash.Of([2])));
        Assert.False(watch.MayStay(ContentHash.Of([2]), Apply(live, [], 2)));
        Assert.False(watch.MayStay(Learned, Apply(live, [], 3)));
        Assert.True(watch.MayStay(Learned, Apply(live, [], 2)));
    }

    [Fact]
    public void A_builder_looks_at_all_documents_once()
    {
        var builder = new PostingSegmentBuilder(CountMin);
        var live = Enumerable.Range(0, 2).Concat(Enumerable.Range(10, 4))
            .ToDictionary(seed => seed, seed => Row(seed, access: seed < 10 ? null : Restricted));
        var nothing = new LearnedText(TestSite.Collection, default, default);
        Assert.Null(builder.JudgedUntil(TestSite.Collection, default));

        Assert.Null(builder.StartLearning(nothing, State([.. live.Values], [], 0, 1)));

        Assert.Equal(1, builder.JudgedUntil(TestSite.Collection, default)?.Generation);
        Assert.True(builder.MayStay(default, Apply(live, [new Change(11, "new", Restricted)], 2)));
        Assert.Equal(2, builder.JudgedUntil(TestSite.Collection, default)?.Generation);
        Assert.False(builder.MayStay(default, Apply(live, [new Change(2, "old", TestDocuments.Open)], 3)));
    }

    [Fact]
    public async Task Another_process_looks_only_at_what_changed()
    {
        await using var site = new TestSite(CountMin);
        var store = new FolderDerivedStore(Path.Combine(site.Data.Path, "derived"), TimeProvider.System);
        var files = new SnapshotFiles(store, documentCountMin: 1);
        var nothing = new LearnedText(TestSite.Collection, default, default);
        Assert.Null(new PostingSegmentBuilder(2 + CountMin, files).StartLearning(
            nothing,
            State([.. Enumerable.Range(0, 2 + CountMin).Select(seed => Row(seed, access: Restricted))], [], 0, 1)));

        var other = new PostingSegmentBuilder(2 + CountMin, files);

        Assert.Equal(new JudgedGeneration(1, Head(1).Manifest), other.JudgedUntil(TestSite.Collection, default));
        Assert.True(other.MayStay(default, Apply([], [new Change(9, "old", TestDocuments.Open)], 2)));

        store.Put("learning.documents", stream => stream.Write("damaged"u8));
        Assert.Null(new PostingSegmentBuilder(CountMin, files).JudgedUntil(TestSite.Collection, default));
    }

    private static IEnumerable<Change> New(int first, int count, AccessList access) =>
        Enumerable.Range(first, count).Select(seed => new Change(seed, "old", access));

    // A change without text removes.
    private static CollectionRecords Apply(Dictionary<int, StoredRecord> live, Change[] changes, int generation)
    {
        var touched = changes.Select(change => change.Seed).Distinct().ToArray();
        foreach (var (seed, text, access) in changes)
        {
            if (text.Length == 0)
            {
                live.Remove(seed);
            }
            else
            {
                live[seed] = Row(seed, text, access);
            }
        }

        return State(
            [.. touched.Where(live.ContainsKey).Select(seed => live[seed])],
            [.. touched.Where(seed => !live.ContainsKey(seed)).Select(seed => Prepare(seed, "old", null).Id)],
            generation - 1,
            generation);
    }

    private static CollectionRecords State(StoredRecord[] documents, DocumentId[] removed, int since, int generation) =>
        new()
        {
            Head = Head(generation),
            Since = since,
            Segments = [],
            Documents = documents,
            Removed = removed,
        };

    private static LearningWatch Watch(BasisFile? basis, IEnumerable<StoredRecord> live) => new(
        Learned,
        basis,
        [.. live.Select(Read).Where(record => record.Access == TestDocuments.Open)],
        CountMin,
        Head(1));

    private static CollectionHead Head(int generation) =>
        new(TestSite.Collection, generation, ContentHash.Of([(byte)generation]), default);

    // As another process finds it.
    private static LearningWatch Reopen(LearningWatch watch)
    {
        using var file = new MemoryStream();
        WatchFile.Write(file, watch.State);
        return LearningWatch.Of(WatchFile.Read(file.ToArray())!);
    }

    private static LearningChoice? Choose(BasisFile? basis, IEnumerable<StoredRecord> live) =>
        LearningChoice.Make(basis, live.Select(Read), CountMin);

    private static BasisFile Learn(Dictionary<int, StoredRecord>.ValueCollection live) => new(
        new LatentBasis([], [], []),
        live.Count,
        [.. live.Select(row => LearnedDocument.Of(Read(row).Read()))]);

    private static DocumentRecord Read(StoredRecord row) => DocumentRecord.Parse(row.Record, new RecordTexts());

    private static StoredRecord Row(int seed, string text = "old", AccessList? access = null)
    {
        var document = TestDocuments.Describe(Prepare(seed, text, access));
        return new StoredRecord(document.ToJson(), document.Version);
    }

    private static PreparedDocument Prepare(int seed, string text, AccessList? access) =>
        TestDocuments.Prepare($"{seed}", $"{text} {seed}", access);

    private sealed record Change(int Seed, string Text, AccessList Access);
}
