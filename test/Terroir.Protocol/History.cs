using Terroir.Protocol.Watched;
using Terroir.Storage.Conformance;

namespace Terroir.Protocol;

/// <summary>One random history of a site: several processes, whose calls of the stores take turns as the choices
/// say, crashes, faults, and time.</summary>
internal sealed class History
{
    private const int ProcessCount = 3;

    /// <summary>How long a process may take from its last look at its lease to the end of a deletion: the store knows
    /// no fence, so that this much is assumed. See <c>docs/formats/commit.md</c>.</summary>
    private static readonly TimeSpan DeletionMax = TimeSpan.FromSeconds(15);

    private readonly Choices _choices;
    private readonly World _world;
    private readonly SiteWork _work;
    private readonly Invariants _invariants;
    private readonly SiteProcess[] _processes;
    private readonly List<(MemoryMetastore, WatchedRows)> _copies = [];
    private TimeSpan _deleting;
    private int _started;

    public History(Choices choices, Sabotage sabotage)
    {
        _choices = choices;
        _world = new World(choices, sabotage);
        _work = new SiteWork(_world);
        _invariants = new Invariants(_world);
        _processes = [.. Enumerable.Range(0, ProcessCount).Select(_ => Start())];
    }

    private IEnumerable<(SiteProcess Process, Turn Turn)> Waiting => _processes
        .Where(process => !process.Context.IsFrozen)
        .SelectMany(process => process.Turns.Waiting.Select(turn => (process, turn)));

    /// <summary>What happened how often.</summary>
    public IReadOnlyDictionary<string, int> Counts => _world.Witness.Counts;

    /// <summary>What a person would tell of it.</summary>
    public IReadOnlyList<string> Trace => _world.Trace;

    /// <summary>Plays the history and its end.</summary>
    /// <param name="stepCount">How many decisions of the scheduler it has.</param>
    /// <returns>The first violation, or <see langword="null"/>.</returns>
    public async Task<Violation?> PlayAsync(int stepCount)
    {
        for (var step = 0; step < stepCount; step++)
        {
            var isGoingOn = _choices.Pick<Func<bool>>(
                (60, GoOn),
                (20, Begin),
                (8, Wait),
                (3, Kill),
                (3, FreezeOrThaw),
                (4, PlanFault),
                (1, Cancel),
                (1, DamageMetastore))();
            if (!isGoingOn && !GoOn())
            {
                Begin();
            }

            if (await SettleAsync() is { } violation)
            {
                return violation;
            }
        }

        return await EndAsync();
    }

    private SiteProcess Start() => new(_world, $"P{_started++}");

    private void Tell(string what) => _world.Trace.Add(what);

    // Calls of one process, one after the other, stand on one line.
    private void TellCall(SiteProcess process, string call)
    {
        var start = $"  {process.Name}: ";
        var (trace, done) = (_world.Trace, call.EndsWith(", done", StringComparison.Ordinal));
        if (trace.Count == 0 || !trace[^1].StartsWith(start, StringComparison.Ordinal) || trace[^1].Length > 110)
        {
            trace.Add(start + call);
        }
        else
        {
            trace[^1] += done && trace[^1].EndsWith(call[..^6], StringComparison.Ordinal) ? " ok" : "; " + call;
        }
    }

    // One half of a call, a few, or all that the process has to do now.
    private bool GoOn()
    {
        var waiting = Waiting.ToArray();
        if (waiting.Length == 0)
        {
            return false;
        }

        var (process, turn) = waiting[_choices.Next(waiting.Length)];
        for (var count = _choices.Pick((2, 1_000), (6, 1), (2, 4), (2, 10)); count > 0; count--)
        {
            TellCall(process, turn.Call);
            process.Turns.Take(turn);
            process.Context.Pump();
            if (process.Turns.Waiting.Count == 0 || _world.Witness.Violations.Count > 0)
            {
                break;
            }

            turn = process.Turns.Waiting[0];
        }

        return true;
    }

    private bool Begin()
    {
        var idle = _processes.FirstOrDefault(process => process.Work is null && !process.Context.IsFrozen);
        if (idle is not null)
        {
            _work.Begin(idle);
        }

        return idle is not null;
    }

    private bool Wait()
    {
        var wait = TimeSpan.FromSeconds(_choices.Pick(
            (6, 1),
            (6, 11),
            (4, 35),
            (2, 2 * 60),
            (2, 6 * 60),
            (1, 20 * 60),
            (1, 25 * 3600)));
        if (_processes.Any(IsDeleting))
        {
            if (_deleting + wait > DeletionMax)
            {
                return false;
            }

            _deleting += wait;
        }
        else
        {
            _deleting = TimeSpan.Zero;
        }

        Tell($"{wait} pass");
        _world.Time.Advance(wait);
        return true;
    }

    private static bool IsDeleting(SiteProcess process) => process.Turns.Waiting.Any(turn =>
        turn.Call.StartsWith("object store: delete", StringComparison.Ordinal));

    private bool Kill()
    {
        var place = _choices.Next(_processes.Length);
        if (_processes[place].Work is null)
        {
            return false;
        }

        Tell($"{_processes[place].Name} is killed");
        _world.Witness.Count("killed");
        _processes[place].Kill();
        _processes[place] = Start();
        return true;
    }

    private bool FreezeOrThaw()
    {
        var process = _processes[_choices.Next(_processes.Length)];
        if (process.Context.IsFrozen)
        {
            Thaw(process);
        }
        else if (process.Work is not null && !IsDeleting(process))
        {
            Tell($"{process.Name} is frozen");
            process.Context.IsFrozen = true;
            process.FrozenAt = _world.Time.GetUtcNow();
        }
        else
        {
            return false;
        }

        return true;
    }

    // The monotonic clock stood still, or the time of day was set back; not both, which nobody could notice.
    private void Thaw(SiteProcess process)
    {
        Tell($"{process.Name} goes on");
        _world.Witness.Count("thawed");
        process.Context.IsFrozen = false;
        if (_choices.Next(2) == 0)
        {
            process.Clock.Suspend(_world.Time.GetUtcNow() - process.FrozenAt);
        }
        else
        {
            process.Clock.SetBack(TimeSpan.FromHours(1));
        }
    }

    private bool PlanFault()
    {
        var process = _processes[_choices.Next(_processes.Length)];
        var fault = _choices.Pick(
            (3, StoreFault.Refused),
            (4, StoreFault.AnswerLost),
            (1, StoreFault.Dead),
            (2, StoreFault.Damaged));
        var call = _choices.Next(8);
        if (process.Work is null)
        {
            return false;
        }

        Tell($"call {call} of {process.Name} from here will be {fault}");
        _world.Witness.Count($"fault: {fault}");
        process.Fail(call, fault);
        return true;
    }

    private bool Cancel()
    {
        var process = _processes[_choices.Next(_processes.Length)];
        if (process.Work is null)
        {
            return false;
        }

        Tell($"{process.Name} is cancelled");
        process.Cancel();
        return true;
    }

    // A copy is taken, or all processes stop and the metastore is lost, or an old copy is put in its place.
    private bool DamageMetastore()
    {
        var kind = _choices.Pick((3, 0), (2, 1), (1, 2));
        if (kind == 0)
        {
            Tell("the metastore is copied");
            _copies.Add(_world.CopyMetastore());
            return true;
        }

        if (kind == 2 && _copies.Count == 0)
        {
            return false;
        }

        KillAll();
        if (kind == 1)
        {
            Tell("the metastore is lost");
            _world.Witness.Count("metastore lost");
            _world.LoseMetastore();
        }
        else
        {
            Tell("an old copy takes the metastore's place");
            _world.Witness.Count("metastore replaced");
            _world.ReplaceMetastore(_copies[_choices.Next(_copies.Count)]);
        }

        // A process opens the metastore that there is, and mostly somebody does what the handbook says.
        Restart();
        if (_choices.Pick((2, true), (1, false)))
        {
            _work.BeginRebuild(_processes[0]);
        }

        return true;
    }

    private void KillAll()
    {
        foreach (var process in _processes)
        {
            process.Kill();
        }
    }

    private void Restart()
    {
        for (var place = 0; place < _processes.Length; place++)
        {
            _processes[place] = Start();
        }
    }

    // Lets everything run to its next turn, looks at what has ended, and at the invariants.
    private async Task<Violation?> SettleAsync()
    {
        while (_processes.Any(process => process.Context.Pump()))
        {
        }

        if (_processes.Any(process => process.Context.HasStrayed))
        {
            _world.Witness.Note("error", "a process went on on another thread");
        }

        foreach (var process in _processes.Where(process => process.Work is { IsCompleted: true }))
        {
            new SiteOutcome(_world.Witness).Judge(process);
            var end = process.Work!.IsCanceled ? "cancelled" : process.Work.Exception?.InnerException?.Message;
            Tell($"{process.Name} ends: {end ?? "done"}");
            process.End();
        }

        return await _invariants.CheckAsync(isThorough: false);
    }

    // Everything stops, half of the time after it has come to its end; then a new process looks at what is there.
    private async Task<Violation?> EndAsync()
    {
        Tell("the history ends");
        if (_choices.Next(2) == 0)
        {
            KillAll();
        }
        else if (await FinishAsync() is { } violation)
        {
            return violation;
        }

        // Longer than any lease or pin.
        _world.Time.Advance(TimeSpan.FromHours(1));
        await new HistoryEnd(_world).CheckAsync();
        return await _invariants.CheckAsync(isThorough: true);
    }

    private async Task<Violation?> FinishAsync()
    {
        foreach (var process in _processes)
        {
            process.Plan.Heal();
            process.Context.IsFrozen = false;
            process.Turns.IsOpen = true;
            foreach (var turn in process.Turns.Waiting.ToArray())
            {
                process.Turns.Take(turn);
            }
        }

        for (var round = 0; round < 20; round++)
        {
            if (await SettleAsync() is { } violation)
            {
                return violation;
            }

            if (_processes.All(process => process.Work is null))
            {
                return null;
            }

            // Somebody waits: for a lease's next renewal, or before the next try.
            _world.Time.Advance(TimeSpan.FromSeconds(5));
        }

        _world.Witness.Note("error", "a process never came to its end");
        return _world.Witness.Violations[0];
    }
}
