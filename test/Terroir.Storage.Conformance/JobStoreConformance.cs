namespace Terroir.Storage.Conformance;

/// <summary>What every <see cref="IJobStore"/> promises.</summary>
public abstract class JobStoreConformance : MetastoreConformance
{
    private const string Queue = "merge";

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(30);

    private IJobStore Jobs => Store.Jobs;

    [Fact]
    public async Task A_job_is_claimed_with_its_content()
    {
        await EnqueueAsync("a");

        var job = Assert.Single(await ClaimAsync(10));

        Assert.Equal((Queue, StoreSamples.Chu, "a", 1), (job.Queue, job.Collection, job.Payload, job.AttemptCount));
        Assert.Equal(Time.GetUtcNow() + Duration, job.LeaseUntil);
    }

    [Fact]
    public async Task A_claimed_job_is_not_claimed_again_while_its_lease_lasts()
    {
        await EnqueueAsync("a");
        await ClaimAsync(10);

        Time.Advance(Duration - TimeSpan.FromMilliseconds(1));

        Assert.Empty(await ClaimAsync(10));
    }

    [Fact]
    public async Task A_job_whose_worker_is_gone_is_claimed_again_and_the_first_worker_can_do_nothing()
    {
        await EnqueueAsync("a");
        var first = Assert.Single(await ClaimAsync(1));
        Time.Advance(Duration);

        var second = Assert.Single(await ClaimAsync(1));

        Assert.Equal((first.Id, 2), (second.Id, second.AttemptCount));
        Assert.True(second.Fence > first.Fence);
        Assert.False(await Jobs.CompleteAsync(first, [Request("late")], Token));
        Assert.False(await Jobs.ExtendAsync(first, Duration, Token));
        Assert.False(await Jobs.FailAsync(first, "late", TimeSpan.Zero, Token));
        Assert.True(await Jobs.CompleteAsync(second, [], Token));
        Assert.Empty(await Jobs.ReadStatusAsync(Token));
    }

    [Fact]
    public async Task A_claim_that_ended_is_not_held_even_if_nobody_took_it()
    {
        await EnqueueAsync("a");
        var job = Assert.Single(await ClaimAsync(1));

        Time.Advance(Duration);

        Assert.False(await Jobs.ExtendAsync(job, Duration, Token));
        Assert.False(await Jobs.FailAsync(job, "late", TimeSpan.Zero, Token));
        Assert.False(await Jobs.CompleteAsync(job, [], Token));
    }

    [Fact]
    public async Task An_extended_claim_lasts_longer()
    {
        await EnqueueAsync("a");
        var job = Assert.Single(await ClaimAsync(1));
        Time.Advance(TimeSpan.FromSeconds(20));

        Assert.True(await Jobs.ExtendAsync(job, Duration, Token));

        Time.Advance(TimeSpan.FromSeconds(20));
        Assert.Empty(await ClaimAsync(1));
        Assert.True(await Jobs.CompleteAsync(job, [], Token));
    }

    [Fact]
    public async Task A_job_waits_for_its_time()
    {
        await Jobs.EnqueueAsync([Request("a") with { RunAt = Time.GetUtcNow().AddMinutes(1) }], Token);

        Assert.Empty(await ClaimAsync(1));
        Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Single(await ClaimAsync(1));
    }

    [Fact]
    public async Task Queues_do_not_meet()
    {
        await Jobs.EnqueueAsync([Request("a") with { Queue = "gc" }], Token);

        Assert.Empty(await ClaimAsync(10));
    }

    [Fact]
    public async Task Jobs_of_a_collection_come_oldest_first()
    {
        await EnqueueAsync("a", "b", "c");
        Time.Advance(TimeSpan.FromSeconds(1));
        await Jobs.EnqueueAsync([Request("first") with { RunAt = Time.GetUtcNow().AddMinutes(-1) }], Token);

        Assert.Equal(["first", "a", "b"], (await ClaimAsync(3)).Select(job => job.Payload));
    }

    [Fact]
    public async Task A_claim_goes_round_the_collections()
    {
        await EnqueueAsync("a1", "a2", "a3");
        await Jobs.EnqueueAsync(
            [
                Request("b1") with { Collection = StoreSamples.Mairie },
                Request("b2") with { Collection = StoreSamples.Mairie },
            ],
            Token);

        Assert.Equal(["a1", "b1", "a2", "b2"], (await ClaimAsync(4)).Select(job => job.Payload));
    }

    [Fact]
    public async Task Claims_of_one_job_go_round_the_collections_too()
    {
        await EnqueueAsync("a1", "a2", "a3");
        await Jobs.EnqueueAsync([Request("b1") with { Collection = StoreSamples.Mairie }], Token);

        var payloads = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            var job = Assert.Single(await ClaimAsync(1));
            payloads.Add(job.Payload);
            await Jobs.CompleteAsync(job, [], Token);
        }

        Assert.Equal(["a1", "b1", "a2", "a3"], payloads);
    }

    [Fact]
    public async Task A_dedupe_key_is_taken_while_its_job_waits_or_runs()
    {
        var request = Request("a") with { DedupeKey = "merge chu" };
        Assert.Equal(1, await Jobs.EnqueueAsync([request, request], Token));
        var job = Assert.Single(await ClaimAsync(1));
        Assert.Equal(0, await Jobs.EnqueueAsync([request], Token));
        await Jobs.FailAsync(job, "TER5001", TimeSpan.Zero, Token);
        Assert.Equal(0, await Jobs.EnqueueAsync([request], Token));

        await Jobs.CompleteAsync(Assert.Single(await ClaimAsync(1)), [], Token);

        Assert.Equal(1, await Jobs.EnqueueAsync([request], Token));
    }

    [Fact]
    public async Task A_finished_job_may_bring_the_same_key_again()
    {
        var request = Request("a") with { DedupeKey = "merge chu" };
        await Jobs.EnqueueAsync([request], Token);

        await Jobs.CompleteAsync(Assert.Single(await ClaimAsync(1)), [request], Token);

        Assert.Single(await ClaimAsync(1));
    }

    [Fact]
    public async Task A_failed_job_comes_back_after_its_delay()
    {
        await EnqueueAsync("a");
        var job = Assert.Single(await ClaimAsync(1));

        Assert.True(await Jobs.FailAsync(job, "TER1002", TimeSpan.FromMinutes(1), Token));

        Assert.Empty(await ClaimAsync(1));
        Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, Assert.Single(await ClaimAsync(1)).AttemptCount);
    }

    [Fact]
    public async Task A_job_is_given_up_after_its_last_attempt_and_can_be_revived()
    {
        await Jobs.EnqueueAsync([Request("a") with { DedupeKey = "merge chu" }], Token);
        await FailToDeathAsync();

        var dead = Assert.Single(await Jobs.ListDeadAsync(Token));
        Assert.Equal((IJobStore.AttemptCountMax, "TER1002"), (dead.AttemptCount, dead.Error));
        Assert.Empty(await ClaimAsync(1));

        Assert.Equal(1, await Jobs.ReviveAsync([dead.Id, dead.Id + 1], Token));
        Assert.Equal(1, Assert.Single(await ClaimAsync(1)).AttemptCount);
        Assert.Empty(await Jobs.ListDeadAsync(Token));
    }

    [Fact]
    public async Task A_dead_job_keeps_no_dedupe_key_and_is_not_revived_while_another_has_it()
    {
        var request = Request("a") with { DedupeKey = "merge chu" };
        await Jobs.EnqueueAsync([request], Token);
        await FailToDeathAsync();

        Assert.Equal(1, await Jobs.EnqueueAsync([request], Token));

        var dead = Assert.Single(await Jobs.ListDeadAsync(Token));
        Assert.Equal(0, await Jobs.ReviveAsync([dead.Id], Token));
    }

    [Fact]
    public async Task A_job_that_kills_its_worker_each_time_is_given_up()
    {
        await EnqueueAsync("a");
        for (var i = 0; i < IJobStore.AttemptCountMax; i++)
        {
            Assert.Single(await ClaimAsync(1));
            Time.Advance(Duration);
        }

        Assert.Empty(await ClaimAsync(1));
        Assert.Single(await Jobs.ListDeadAsync(Token));
    }

    [Fact]
    public async Task A_long_reason_is_cut()
    {
        await EnqueueAsync("a");
        for (var i = 0; i < IJobStore.AttemptCountMax; i++)
        {
            await Jobs.FailAsync(Assert.Single(await ClaimAsync(1)), new string('x', 5_000), TimeSpan.Zero, Token);
        }

        Assert.Equal(2_000, Assert.Single(await Jobs.ListDeadAsync(Token)).Error.Length);
    }

    [Fact]
    public async Task The_status_counts_each_state()
    {
        await EnqueueAsync("a", "b");
        var due = Time.GetUtcNow();
        Time.Advance(TimeSpan.FromSeconds(5));
        await Jobs.EnqueueAsync(
            [Request("c") with { RunAt = Time.GetUtcNow().AddHours(1) }, Request("d") with { Queue = "gc" }],
            Token);
        await ClaimAsync(1);

        Assert.Equal(
            [new QueueStatus("gc", 1, 0, 0, Time.GetUtcNow()), new QueueStatus(Queue, 2, 1, 0, due)],
            await Jobs.ReadStatusAsync(Token));
    }

    [Fact]
    public async Task Racing_workers_never_claim_one_job_twice()
    {
        await EnqueueAsync([.. Enumerable.Range(0, 60).Select(i => $"{i}")]);

        var claims = await Task.WhenAll(Enumerable.Range(0, 16).Select(worker => Task.Run(
            () => Jobs.ClaimAsync(Queue, $"worker {worker}", 5, Duration, Token),
            Token)));

        var ids = claims.SelectMany(jobs => jobs).Select(job => job.Id).ToArray();
        Assert.Equal(60, ids.Length);
        Assert.Equal(60, ids.Distinct().Count());
    }

    [Fact]
    public async Task Racing_completions_count_once()
    {
        await EnqueueAsync("a");
        var job = Assert.Single(await ClaimAsync(1));

        var ends = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(
            () => Jobs.CompleteAsync(job, [Request("next")], Token),
            Token)));

        Assert.Single(ends, isHeld => isHeld);
        Assert.Single(await ClaimAsync(10));
    }

    [Fact]
    public async Task Jobs_of_a_generation_come_with_it_or_not_at_all()
    {
        var script = await CollectionScript.OpenAsync(Store, StoreSamples.Chu, Token);
        await Store.Catalog.PublishAsync(script.Draft with { ExpectedGeneration = 9, Jobs = [Request("no")] }, Token);

        await script.PublishAsync(script.Draft with { Jobs = [Request("yes")] }, Token);

        Assert.Equal("yes", Assert.Single(await ClaimAsync(10)).Payload);
    }

    [Fact]
    public async Task A_payload_that_is_too_long_is_refused_with_all_that_came_with_it()
    {
        await Assert.ThrowsAsync<ArgumentException>(() =>
            EnqueueAsync("a", new string('é', (IJobStore.PayloadLengthMax / 2) + 1)));
        Assert.Empty(await ClaimAsync(10));

        await EnqueueAsync(new string('é', IJobStore.PayloadLengthMax / 2));
        Assert.Single(await ClaimAsync(10));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public async Task A_claim_is_for_1_to_100_jobs(int count) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => ClaimAsync(count));

    private static JobRequest Request(string payload) => new(Queue, StoreSamples.Chu, payload);

    private Task<int> EnqueueAsync(params string[] payloads) =>
        Jobs.EnqueueAsync([.. payloads.Select(Request)], Token);

    private Task<IReadOnlyList<Job>> ClaimAsync(int count) => Jobs.ClaimAsync(Queue, "worker", count, Duration, Token);

    private async Task FailToDeathAsync()
    {
        for (var i = 0; i < IJobStore.AttemptCountMax; i++)
        {
            var job = Assert.Single(await ClaimAsync(1));
            Assert.True(await Jobs.FailAsync(job, "TER1002", TimeSpan.Zero, Token));
        }
    }
}
