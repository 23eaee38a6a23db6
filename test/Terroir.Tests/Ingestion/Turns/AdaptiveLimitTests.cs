using Microsoft.Extensions.Time.Testing;
using Terroir.Ingestion.Turns;

namespace Terroir.Tests.Ingestion.Turns;

public sealed class AdaptiveLimitTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly Machine _machine = new();
    private readonly TestFolder _process = new();

    public void Dispose() => _process.Dispose();

    [Fact]
    public void A_machine_short_of_memory_reads_half_as_many_at_each_look_and_always_one()
    {
        var limit = new AdaptiveLimit(8, _machine, _clock);
        _machine.IsShortNow = true;

        Assert.Equal([4, 2, 1, 1], Look(limit, 4));
    }

    [Fact]
    public void One_more_is_read_at_each_look_when_there_is_room_again()
    {
        var limit = new AdaptiveLimit(4, _machine, _clock);
        _machine.IsShortNow = true;
        _ = Look(limit, 3);
        _machine.IsShortNow = false;

        Assert.Equal([2, 3, 4, 4], Look(limit, 4));
    }

    [Fact]
    public void The_machine_is_not_looked_at_more_often_than_the_interval()
    {
        var limit = new AdaptiveLimit(8, _machine, _clock);
        for (var n = 0; n < 100; n++)
        {
            limit.Adapt();
            _clock.Advance(AdaptiveLimit.Interval / 10);
        }

        Assert.Equal(10, _machine.LookCount);
    }

    [Theory]
    [InlineData("some avg10=10.01 avg60=0 avg300=0 total=9", 1000, true)]
    [InlineData("some avg10=10.00 avg60=90 avg300=90 total=9", 1000, false)]
    [InlineData("some avg10=0.00 avg60=0 avg300=0 total=9", 79, true)]
    [InlineData("", 81, false)]
    public void Memory_is_short_when_programs_wait_for_it_or_little_is_left(
        string pressure,
        int available,
        bool isShort)
    {
        _process.Write("pressure/memory", pressure);
        _process.Write("meminfo", $"MemTotal:        1000 kB\nMemFree:  1 kB\nMemAvailable:    {available} kB\n");

        Assert.Equal(isShort, new MemoryLoad(_process.Path).IsShort());
    }

    [Fact]
    public void A_system_that_tells_nothing_is_never_short() =>
        Assert.False(new MemoryLoad(_process.Path).IsShort());

    private List<int> Look(AdaptiveLimit limit, int count)
    {
        var seen = new List<int>();
        for (var n = 0; n < count; n++)
        {
            _clock.Advance(AdaptiveLimit.Interval);
            limit.Adapt();
            seen.Add(limit.Current);
        }

        return seen;
    }

    private sealed class Machine : IMachineLoad
    {
        public bool IsShortNow { get; set; }

        public int LookCount { get; private set; }

        public bool IsShort()
        {
            LookCount++;
            return IsShortNow;
        }
    }
}
