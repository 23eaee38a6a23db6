using Terroir.Storage.Embedded;

namespace Terroir.Storage.Tests.Embedded;

/// <summary>System calls that fail under the real store: a clear error, no false acknowledgement, and the store opens
/// again.</summary>
public sealed class FolderObjectStoreFaultTests : IDisposable
{
    private const int NotPermitted = 1;
    private const int Loop = 40;

    private static readonly byte[] Content = "Le dossier est conservé vingt ans."u8.ToArray();
    private static readonly BlobKey Key = BlobKey.ForContent(ContentHash.Of(Content));
    private static readonly BlobKey Manifest = BlobKey.ForManifest("valmont", new CollectionId("chu"), 1);

    private readonly TemporaryFolder _folder = new();
    private readonly FaultyFileCalls _calls = new();

    public static MatrixTheoryData<FileCall, int> PutFaults { get; } = new(
        [FileCall.Create, FileCall.Write, FileCall.SetMode, FileCall.Sync, FileCall.Link, FileCall.SyncFolder],
        [FaultyFileCalls.InputOutputError, FaultyFileCalls.NoSpace, NotPermitted]);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(PutFaults))]
    public async Task A_put_that_fails_is_not_acknowledged_and_works_after_reopening(FileCall call, int error)
    {
        var store = Open();
        _calls.Fault = (call, error);

        var exception = await Assert.ThrowsAsync<StorageFailedException>(async () =>
            await store.PutIfAbsentAsync(Key, Content, Stop));

        Assert.Equal("TER5001", exception.Code);
        await AssertSoundAsync(isThere: call == FileCall.SyncFolder ? null : false);
    }

    [Fact]
    public async Task A_failed_fsync_is_never_tried_again_and_ends_the_store()
    {
        var store = Open();
        _calls.Fault = (FileCall.Sync, FaultyFileCalls.InputOutputError);
        await Assert.ThrowsAsync<StorageFailedException>(async () => await store.PutIfAbsentAsync(Key, Content, Stop));
        _calls.Fault = null;
        var count = _calls.Log.Count;

        await AssertRefusesEverythingAsync(store);

        Assert.Equal(count, _calls.Log.Count);
        Assert.Single(_calls.Log, entry => entry.Call == FileCall.Sync);
    }

    // A full disk may show only at the fsync; what was written before it may be gone just the same.
    [Fact]
    public async Task A_failed_fsync_ends_the_store_also_when_the_disk_is_full()
    {
        var store = Open();
        _calls.Fault = (FileCall.Sync, FaultyFileCalls.NoSpace);
        var exception = await Assert.ThrowsAsync<StorageFailedException>(async () =>
            await store.PutIfAbsentAsync(Key, Content, Stop));
        _calls.Fault = null;

        Assert.False(exception.IsTransient);
        await AssertRefusesEverythingAsync(store);
    }

    [Fact]
    public async Task An_input_output_error_of_a_write_ends_the_store()
    {
        var store = Open();
        _calls.Fault = (FileCall.Write, FaultyFileCalls.InputOutputError);
        var exception = await Assert.ThrowsAsync<StorageFailedException>(async () =>
            await store.PutIfAbsentAsync(Key, Content, Stop));
        _calls.Fault = null;

        Assert.False(exception.IsTransient);
        await AssertRefusesEverythingAsync(store);
    }

    [Theory]
    [InlineData(FileCall.Create, FaultyFileCalls.NoSpace)]
    [InlineData(FileCall.Write, FaultyFileCalls.NoSpace)]
    [InlineData(FileCall.Link, FaultyFileCalls.NoSpace)]
    [InlineData(FileCall.Link, NotPermitted)]
    public async Task A_store_goes_on_when_there_is_room_again(FileCall call, int error)
    {
        var store = Open();
        _calls.Fault = (call, error);
        var exception = await Assert.ThrowsAsync<StorageFailedException>(async () =>
            await store.PutIfAbsentAsync(Key, Content, Stop));
        _calls.Fault = null;

        Assert.True(exception.IsTransient);
        Assert.Null(await store.HeadAsync(Key, Stop));
        Assert.Equal(PutOutcome.Created, await store.PutIfAbsentAsync(Key, Content, Stop));
    }

    [Fact]
    public async Task A_torn_write_leaves_no_object()
    {
        var store = Open();
        (_calls.Fault, _calls.IsTorn) = ((FileCall.Write, FaultyFileCalls.InputOutputError), true);

        await Assert.ThrowsAsync<StorageFailedException>(async () => await store.PutIfAbsentAsync(Key, Content, Stop));

        Assert.Empty(Directory.GetFiles(_folder["tmp"]));
        await AssertSoundAsync(isThere: false);
    }

    [Fact]
    public async Task A_crash_in_the_middle_of_a_write_leaves_a_scratch_file_that_a_sweep_removes()
    {
        var store = Open();
        (_calls.Fault, _calls.IsTorn, _calls.IsCrash) = ((FileCall.Write, FaultyFileCalls.NoSpace), true, true);
        await Assert.ThrowsAsync<FaultyFileCalls.CrashException>(async () =>
            await store.PutIfAbsentAsync(Key, Content, Stop));

        Assert.Single(Directory.GetFiles(_folder["tmp"]));
        await AssertSoundAsync(isThere: false);
    }

    // Whoever is second may be told that the object is there before the first has synced the folder, and then crash.
    [Fact]
    public async Task An_object_that_was_there_is_acknowledged_only_when_its_folder_is_synced()
    {
        var store = Open();
        await store.PutIfAbsentAsync(Key, Content, Stop);
        _calls.Fault = (FileCall.SyncFolder, FaultyFileCalls.InputOutputError);

        await Assert.ThrowsAsync<StorageFailedException>(async () => await store.PutIfAbsentAsync(Key, Content, Stop));
    }

    [Fact]
    public async Task A_folder_that_another_process_made_is_synced_before_it_is_trusted()
    {
        var store = Open();
        var content = Path.GetDirectoryName(_folder[Key.Value])!;
        Directory.CreateDirectory(content);

        await store.PutIfAbsentAsync(Key, Content, Stop);

        Assert.Contains((FileCall.SyncFolder, _folder["b"]), _calls.Log);
    }

    [Fact]
    public async Task A_deletion_whose_folder_cannot_be_synced_ends_the_store()
    {
        var store = Open();
        await store.PutIfAbsentAsync(Key, Content, Stop);
        _calls.Fault = (FileCall.SyncFolder, FaultyFileCalls.InputOutputError);
        await Assert.ThrowsAsync<StorageFailedException>(async () => await store.DeleteAsync([Key], Stop));
        _calls.Fault = null;

        await AssertRefusesEverythingAsync(store);
    }

    [Fact]
    public async Task A_deletion_that_fails_is_reported_and_leaves_the_object()
    {
        var store = Open();
        await store.PutIfAbsentAsync(Key, Content, Stop);
        _calls.Fault = (FileCall.Delete, NotPermitted);

        await Assert.ThrowsAsync<StorageFailedException>(async () => await store.DeleteAsync([Key], Stop));

        await AssertSoundAsync(isThere: true);
    }

    // A link that leads to itself stands for every folder that cannot be entered, also for the superuser.
    [Fact]
    public async Task What_cannot_be_looked_at_is_not_absent()
    {
        var store = Open();
        Directory.CreateDirectory(_folder["b"]);
        var folder = Path.GetDirectoryName(_folder[Key.Value])!;
        File.CreateSymbolicLink(folder, folder);

        await Assert.ThrowsAsync<StorageFailedException>(async () => await store.HeadAsync(Key, Stop));
        await Assert.ThrowsAsync<StorageFailedException>(async () => await store.ReadAsync(Key, 0, 1, Stop));
        await Assert.ThrowsAsync<StorageFailedException>(async () => await store.DeleteAsync([Key], Stop));
    }

    [Fact]
    public async Task Two_stores_of_one_process_never_use_the_same_scratch_file()
    {
        var (one, other) = (Open(), Open());
        await one.PutIfAbsentAsync(Key, Content, Stop);
        await other.PutIfAbsentAsync(Key, Content, Stop);

        var scratch = _calls.Log.Where(entry => entry.Call == FileCall.Create).Select(entry => entry.Path).ToArray();
        Assert.Equal(2, scratch.Length);
        Assert.NotEqual(scratch[0], scratch[1], StringComparer.Ordinal);
    }

    // The whole protocol, cut at every call: what was acknowledged is there, and nothing is torn.
    [Theory]
    [InlineData(FaultyFileCalls.InputOutputError, false)]
    [InlineData(FaultyFileCalls.NoSpace, false)]
    [InlineData(Loop, false)]
    [InlineData(FaultyFileCalls.InputOutputError, true)]
    public async Task A_session_cut_at_any_call_keeps_what_it_acknowledged(int error, bool isCrash)
    {
        var cut = 0;
        for (var isDone = false; !isDone; cut++)
        {
            using var folder = new TemporaryFolder();
            var calls = new FaultyFileCalls { FaultAt = cut, Error = error, IsTorn = true, IsCrash = isCrash };
            var acknowledged = await RunSessionAsync(folder.Path, calls);
            isDone = calls.Log.Count <= cut;

            var store = new FolderObjectStore(folder.Path, TimeProvider.System);
            foreach (var (key, isThere) in acknowledged)
            {
                Assert.Equal(isThere, await store.HeadAsync(key, Stop) is not null);
            }

            foreach (var key in new[] { Key, Manifest })
            {
                await store.PutIfAbsentAsync(key, Content, Stop);
                Assert.Equal(Content, (await store.ReadAsync(key, 0, Content.Length, Stop)).ToArray());
            }
        }

        Assert.InRange(cut, 20, 200);
    }

    /// <summary>Puts, puts again and deletes; stops at the first failure.</summary>
    /// <returns>For each key whether the store said that it is there; a key whose last call failed is left out.
    /// </returns>
    private static async Task<Dictionary<BlobKey, bool>> RunSessionAsync(string folder, FaultyFileCalls calls)
    {
        var acknowledged = new Dictionary<BlobKey, bool>();
        var running = Key;
        try
        {
            var store = new FolderObjectStore(folder, TimeProvider.System, calls);
            foreach (var key in new[] { Key, Manifest, Key })
            {
                running = key;
                await store.PutIfAbsentAsync(key, Content, Stop);
                acknowledged[key] = true;
            }

            await store.DeleteAsync([Key], Stop);
            acknowledged[Key] = false;
        }
        catch (Exception exception) when (exception is StorageFailedException or FaultyFileCalls.CrashException)
        {
            // A key that was acknowledged before stays; only a deletion in progress leaves its key open.
            var failed = calls.Log[calls.FaultAt!.Value].Call;
            if (acknowledged.Count == 2 && failed is FileCall.Delete or FileCall.SyncFolder)
            {
                acknowledged.Remove(running);
            }
        }

        return acknowledged;
    }

    private static async Task AssertRefusesEverythingAsync(FolderObjectStore store)
    {
        Func<Task>[] calls =
        [
            async () => await store.PutIfAbsentAsync(Manifest, Content, Stop),
            async () => await store.ReadAsync(Key, 0, 0, Stop),
            async () => await store.HeadAsync(Key, Stop),
            async () => await store.ListAsync("b/", null, Stop).GetAsyncEnumerator(Stop).MoveNextAsync(),
            async () => await store.DeleteAsync([Key], Stop),
            async () => await store.SweepAsync(TimeSpan.Zero, Stop),
        ];
        foreach (var call in calls)
        {
            Assert.False((await Assert.ThrowsAsync<StorageFailedException>(call)).IsTransient);
        }
    }

    private FolderObjectStore Open() => new(_folder.Path, TimeProvider.System, _calls);

    // As a new process would find it: the object is whole or absent, it can be put, and nothing is left over.
    private async Task AssertSoundAsync(bool? isThere)
    {
        var store = new FolderObjectStore(_folder.Path, TimeProvider.System);
        var info = await store.HeadAsync(Key, Stop);
        Assert.Equal(isThere ?? info is not null, info is not null);
        await store.PutIfAbsentAsync(Key, Content, Stop);
        Assert.Equal(Content, (await store.ReadAsync(Key, 0, Content.Length, Stop)).ToArray());
        await store.SweepAsync(TimeSpan.FromHours(-1), Stop);
        Assert.Empty(Directory.GetFiles(_folder["tmp"]));
    }
}
