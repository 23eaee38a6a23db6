using Terroir.Documents;
using Terroir.Ingestion;
using Terroir.Ingestion.Turns;

namespace Terroir.Tests.Ingestion.Turns;

public sealed class ReadingTurnsTests
{
    private static readonly CollectionId Large = new("large");
    private static readonly CollectionId Small = new("small");

    private readonly HeldReader _reader = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Collections_take_turns_however_many_files_one_of_them_has()
    {
        var turns = Create(1);
        var all = Start(turns, Large, ReadingPriority.Background, "L1", "L2", "L3", "L4")
            .Concat(Start(turns, Small, ReadingPriority.Background, "S1", "S2"))
            .ToArray();

        await _reader.ReleaseAllAsync(all);

        Assert.Equal(["L1", "L2", "S1", "L3", "S2", "L4"], _reader.Names);
    }

    [Fact]
    public async Task A_file_that_somebody_waits_for_is_read_next()
    {
        var turns = Create(1);
        var all = Start(turns, Large, ReadingPriority.Background, "L1", "L2", "L3")
            .Concat(Start(turns, Small, ReadingPriority.Interactive, "now"))
            .ToArray();

        await _reader.ReleaseAllAsync(all);

        Assert.Equal(["L1", "now", "L2", "L3"], _reader.Names);
    }

    [Fact]
    public async Task Synchronisations_come_to_an_end_while_others_never_cease_to_wait()
    {
        var turns = Create(1);
        var names = Enumerable.Range(0, 40).Select(n => $"now {n}").ToArray();
        var all = Start(turns, Large, ReadingPriority.Background, "L1", "L2", "L3")
            .Concat(Start(turns, Small, ReadingPriority.Interactive, names))
            .ToArray();

        await _reader.ReleaseAllAsync(all);

        Assert.Equal([0, 7, 15], new[] { "L1", "L2", "L3" }.Select(name => _reader.Names.IndexOf(name)));
    }

    [Fact]
    public async Task Never_more_are_read_at_once_than_the_limit()
    {
        var turns = Create(3);
        var all = Start(turns, Large, ReadingPriority.Background, [.. Enumerable.Range(0, 20).Select(n => $"{n}")]);

        await _reader.ReleaseAllAsync([.. all]);

        Assert.Equal(3, _reader.AtOncePeak);
        Assert.Equal(20, _reader.Names.Count);
    }

    [Fact]
    public async Task Who_gives_up_takes_no_turn()
    {
        var turns = Create(1);
        using var stop = new CancellationTokenSource();
        var first = Start(turns, Large, ReadingPriority.Background, "L1").ToArray();
        var given = ReadAsync(turns.For(Large, ReadingPriority.Background), "given up", stop.Token);
        var last = Start(turns, Large, ReadingPriority.Background, "L2").ToArray();

        await stop.CancelAsync();
        await Task.WhenAny(given);
        await _reader.ReleaseAllAsync([.. first, .. last]);

        Assert.True(given.IsCanceled);
        Assert.Equal(["L1", "L2"], _reader.Names);
    }

    [Fact]
    public async Task A_reading_that_fails_gives_its_turn_back()
    {
        var turns = new ReadingTurns(new BrokenReader(), Limit(1), recognizer: null, Limit(1));
        var reader = turns.For(Large, ReadingPriority.Background);

        for (var n = 0; n < 3; n++)
        {
            await Assert.ThrowsAsync<ReaderUnavailableException>(() => ReadAsync(reader, "any", Stop));
        }
    }

    private static AdaptiveLimit Limit(int max) => new(max, new RoomyMachine(), TimeProvider.System);

    private ReadingTurns Create(int max) => new(_reader, Limit(max), recognizer: null, Limit(1));

    private static List<Task> Start(
        ReadingTurns turns,
        CollectionId collection,
        ReadingPriority priority,
        params string[] names)
    {
        var reader = turns.For(collection, priority);
        return [.. names.Select(name => ReadAsync(reader, name, Stop))];
    }

    private static async Task ReadAsync(ReadingTurns.InTurn reader, string name, CancellationToken stop) =>
        await reader.ReadAsync(default, name, ReadLimits.Default, stop);

    private sealed class RoomyMachine : IMachineLoad
    {
        public bool IsShort() => false;
    }

    private sealed class BrokenReader : IDocumentReader
    {
        public ValueTask<ReadOutcome> ReadAsync(
            ReadOnlyMemory<byte> content,
            string fileName,
            ReadLimits limits,
            CancellationToken cancellationToken) =>
            throw new ReaderUnavailableException("no process");
    }

    /// <summary>Reads nothing, and ends each reading only when it is told to.</summary>
    private sealed class HeldReader : IDocumentReader
    {
        private readonly System.Threading.Channels.Channel<TaskCompletionSource> _running =
            System.Threading.Channels.Channel.CreateUnbounded<TaskCompletionSource>();

        private readonly Lock _lock = new();
        private int _atOnce;

        public List<string> Names { get; } = [];

        public int AtOncePeak { get; private set; }

        public async ValueTask<ReadOutcome> ReadAsync(
            ReadOnlyMemory<byte> content,
            string fileName,
            ReadLimits limits,
            CancellationToken cancellationToken)
        {
            var end = new TaskCompletionSource();
            lock (_lock)
            {
                Names.Add(fileName);
                AtOncePeak = Math.Max(AtOncePeak, ++_atOnce);
            }

            await _running.Writer.WriteAsync(end, cancellationToken);
#pragma warning disable VSTHRD003 // It is completed by the test, on no thread in particular.
            await end.Task;
#pragma warning restore VSTHRD003
            lock (_lock)
            {
                _atOnce--;
            }

            return new Unreadable(UnreadableReason.Empty, "none", new Remark(RemarkCode.EmptyFile));
        }

        public async Task ReleaseAllAsync(Task[] readings)
        {
            for (var n = 0; n < readings.Length; n++)
            {
                (await _running.Reader.ReadAsync(Stop)).SetResult();
            }

            await Task.WhenAll(readings);
        }
    }
}
