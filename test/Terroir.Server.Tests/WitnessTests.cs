using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Audit;
using Terroir.Provenance.Merkle;
using Terroir.Provenance.Notes;

namespace Terroir.Server.Tests;

/// <summary>Real sites that witness one another over real HTTP.</summary>
public sealed class WitnessTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // What the first start logs, and the connection to a witness.
    private const long First = WitnessedSite.FirstCount + 1;

    [Fact]
    public async Task A_site_cosigns_another_and_what_it_serves_and_proves_carries_that()
    {
        await using var log = WitnessedSite.Create();
        await using var witness = WitnessedSite.Create();
        await StartAsync(log, quorum: 0, witness);
        await log.LogAsync(3);

        await log.Witnessing.RunAsync(Stop);
        await log.LogAsync(2);

        var policy = PolicyOf(log, witness);
        Assert.Equal((PolicyOutcome.Trusted, First + 3), Judge(policy, await log.ReadCheckpointAsync()));
        var witnessed = (await log.Ledger.ProveAsync(1, Stop))!;
        var newer = (await log.Ledger.ProveAsync(First + 4, Stop))!;
        Assert.Equal((PolicyOutcome.Trusted, First + 3), Judge(policy, witnessed.Checkpoint));
        Assert.Equal((PolicyOutcome.QuorumMissed, First + 5), Judge(policy, newer.Checkpoint));
        var row = (await log.Services.GetRequiredService<Storage.IMetastore>().Ledger.ReadAsync(1, 1, Stop))[0].Row;
        Assert.True(witnessed.Verify(MerkleHash.OfLeaf(row.Entry.Span), policy).IsIncluded);

        await log.Witnessing.RunAsync(Stop);
        Assert.Equal((PolicyOutcome.Trusted, First + 5), Judge(policy, await log.ReadCheckpointAsync()));
    }

    [Fact]
    public async Task A_partial_tile_that_the_full_one_replaced_is_not_needed_to_prove_under_an_older_checkpoint()
    {
        await using var log = WitnessedSite.Create();
        await using var witness = WitnessedSite.Create();
        await StartAsync(log, quorum: 0, witness);
        await log.LogAsync(3);
        await log.Witnessing.RunAsync(Stop);
        var rows = Enumerable.Range(0, 300).Select(number => new Storage.LedgerRow(
            "test",
            DateTimeOffset.UnixEpoch,
            Encoding.UTF8.GetBytes($"entry {number}"))).ToArray();
        await log.Ledger.AppendAsync(rows, Stop);

        var proof = (await log.Ledger.ProveAsync(1, Stop))!;
        await log.Witnessing.RunAsync(Stop);

        Assert.Equal((PolicyOutcome.Trusted, First + 3), Judge(PolicyOf(log, witness), proof.Checkpoint));
        Assert.Equal(First + 303, Judge(PolicyOf(log, witness), await log.ReadCheckpointAsync()).Size);
    }

    [Fact]
    public async Task One_of_two_witnesses_that_is_away_stops_nothing_where_one_is_enough()
    {
        await using var log = WitnessedSite.Create();
        await using var here = WitnessedSite.Create();
        await using var away = WitnessedSite.Create();
        await StartAsync(log, quorum: 1, here, away);
        await away.StopAsync();
        await log.LogAsync(1);

        await log.Witnessing.RunAsync(Stop);

        // There were two connections.
        Assert.Equal((PolicyOutcome.Trusted, First + 2), Judge(PolicyOf(log, here), await log.ReadCheckpointAsync()));
        Assert.Equal(
            [WitnessOutcome.Cosigned, WitnessOutcome.Unreachable],
            log.Witnessing.Views.Select(view => view.Outcome));
    }

    [Fact]
    public async Task A_site_that_is_put_back_from_an_older_copy_stops_at_once_and_says_why()
    {
        await using var log = WitnessedSite.Create();
        await using var witness = WitnessedSite.Create();
        await StartAsync(log, quorum: 0, witness);
        await log.LogAsync(2);
        await log.StopAsync();
        var older = log.Save("older");
        await log.StartAsLogAsync(0, witness);
        await log.LogAsync(3);
        await log.Witnessing.RunAsync(Stop);
        await log.StopAsync();
        var newer = log.Save("newer");

        log.PutBack(older);
        await log.StartAsLogAsync(0, witness);
        var stopped = await RunUntilStoppedAsync(log);

        Assert.Contains(
            $"was rolled back: a witness cosigned more events (at {First + 6} events)",
            stopped.Message,
            Ordinal);
        await AssertRefusesAsync(log);

        // It says so without the witness too, and until the right history is back.
        await log.StartAsync();
        await AssertRefusesAsync(log);
        log.PutBack(newer);
        await log.StartAsLogAsync(0, witness);
        await log.LogAsync(1);
        await log.Witnessing.RunAsync(Stop);
        Assert.Equal(First + 7, Judge(PolicyOf(log, witness), await log.ReadCheckpointAsync()).Size);
    }

    [Fact]
    public async Task A_site_that_grew_another_history_is_found_out()
    {
        await using var log = WitnessedSite.Create();
        await using var witness = WitnessedSite.Create();
        await StartAsync(log, quorum: 0, witness);
        await log.LogAsync(2);
        await log.StopAsync();
        var older = log.Save("older");
        await log.StartAsLogAsync(0, witness);
        await log.LogAsync(3);
        await log.Witnessing.RunAsync(Stop);
        await log.StopAsync();

        log.PutBack(older);
        await log.StartAsync();
        await log.LogAsync(9);
        await log.StartAsLogAsync(0, witness);
        var stopped = await RunUntilStoppedAsync(log);

        Assert.Contains(
            $"was forked: a witness cosigned another history (at {First + 6} events)",
            stopped.Message,
            Ordinal);
        await AssertRefusesAsync(log);
    }

    [Fact]
    public async Task A_witness_cosigns_no_second_history_after_it_was_restarted()
    {
        await using var log = WitnessedSite.Create();
        await using var witness = WitnessedSite.Create();
        await StartAsync(log, quorum: 0, witness);
        await log.LogAsync(4);
        await log.Witnessing.RunAsync(Stop);
        var keys = witness.WitnessKeys;
        var signer = log.Services.GetRequiredService<LedgerIdentity>().Signer;

        await witness.StartAsWitnessAsync(log.Ledger.Key);

        Assert.Equal(keys, witness.WitnessKeys);
        var other = new Checkpoint(signer.Key.Name, First + 4, MerkleHash.OfEmptyTree).ToText();
        var note = SignedNote.Sign(other, signer);
        using var forked = await PostAsync(witness, new AddCheckpointRequest(First + 4, [], note));
        Assert.Equal(HttpStatusCode.Conflict, forked.StatusCode);
        using var again = await PostAsync(witness, new AddCheckpointRequest(0, [], SignedNote.Sign(other, signer)));
        Assert.Equal("text/x.tlog.size", again.Content.Headers.ContentType?.MediaType);
        Assert.Equal($"{First + 4}\n", await again.Content.ReadAsStringAsync(Stop));
    }

    [Fact]
    public async Task A_witness_knows_only_the_logs_that_its_operator_declared()
    {
        await using var log = WitnessedSite.Create();
        await using var witness = WitnessedSite.Create();
        await log.StartAsync();
        await witness.StartAsync();
        await log.LogAsync(1);
        var note = await log.ReadCheckpointAsync();

        using var unknown = await PostAsync(witness, new AddCheckpointRequest(0, [], note));
        using var none = await PostAsync(witness, Encoding.UTF8.GetBytes("hello"));
        using var tooLong = await PostAsync(witness, new byte[AddCheckpointRequest.LengthMax + 1]);

        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, none.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, tooLong.StatusCode);
        Assert.False(Directory.Exists(Path.Combine(witness.Root, "witness")));
    }

    [Fact]
    public async Task A_witness_that_cannot_read_what_it_cosigned_cosigns_nothing()
    {
        await using var log = WitnessedSite.Create();
        await using var witness = WitnessedSite.Create();
        await StartAsync(log, quorum: 0, witness);
        await log.LogAsync(1);
        await log.Witnessing.RunAsync(Stop);
        var kept = Directory.GetFiles(Path.Combine(witness.Root, "witness", "logs")).Single();
        await File.WriteAllTextAsync(kept, "", Stop);
        await log.LogAsync(1);

        await log.Witnessing.RunAsync(Stop);

        Assert.Equal(
            (WitnessOutcome.Refused, 500),
            (log.Witnessing.Views[0].Outcome, log.Witnessing.Views[0].Status));
        Assert.Equal(First + 1, Judge(PolicyOf(log, witness), await log.ReadCheckpointAsync()).Size);
    }

    [Fact]
    public async Task An_answer_under_a_key_that_nobody_declared_is_no_cosignature()
    {
        await using var log = WitnessedSite.Create();
        await using var witness = WitnessedSite.Create();
        await using var other = WitnessedSite.Create();
        await log.StartAsync();
        await witness.StartAsWitnessAsync(log.Ledger.Key);
        await other.StartAsync();
        await other.ReadKeysAsync();
        await log.StartAsync(
            ("Terroir:Ledger:Witnesses:0:Url", $"{witness.Address}/witness/"),
            ("Terroir:Ledger:Witnesses:0:Keys:0", $"{other.WitnessKeys[0]}"));
        await log.LogAsync(1);

        await log.Witnessing.RunAsync(Stop);

        Assert.Equal(WitnessOutcome.Refused, log.Witnessing.Views[0].Outcome);
        Assert.Single((await log.ReadCheckpointAsync()).Signatures);
    }

    private static StringComparison Ordinal => StringComparison.Ordinal;

    // The log must know where the witnesses are, and these the key of the log: so it is opened once before.
    private static async Task StartAsync(WitnessedSite log, int quorum, params WitnessedSite[] witnesses)
    {
        await log.StartAsync();
        var key = log.Ledger.Key;
        foreach (var witness in witnesses)
        {
            await witness.StartAsWitnessAsync(key);
        }

        await log.StartAsLogAsync(quorum, witnesses);
    }

    private static async Task<LedgerForkedException> RunUntilStoppedAsync(WitnessedSite log) =>
        await Assert.ThrowsAsync<LedgerForkedException>(() => log.Witnessing.RunAsync(Stop));

    private static async Task AssertRefusesAsync(WitnessedSite log)
    {
        await Assert.ThrowsAsync<LedgerForkedException>(() => log.LogAsync(1));
        using var client = new HttpClient();
        using var ready = await client.GetAsync(new Uri($"{log.Address}/readyz"), Stop);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal("TER6002", await ready.Content.ReadAsStringAsync(Stop));
    }

    private static (PolicyOutcome Outcome, long Size) Judge(TrustPolicy policy, SignedNote note)
    {
        var verdict = policy.Check(note);
        return (verdict.Outcome, verdict.Checkpoint!.Size);
    }

    // Both keys of the witness: Ed25519 and ML-DSA-44.
    private static TrustPolicy PolicyOf(WitnessedSite log, WitnessedSite witness) => TrustPolicy.Parse(
        Encoding.UTF8.GetBytes($"""
        log {log.Ledger.Key}
        witness classic {witness.WitnessKeys[0]}
        witness quantum {witness.WitnessKeys[1]}
        group both all classic quantum
        quorum both

        """));

    private static Task<HttpResponseMessage> PostAsync(WitnessedSite witness, AddCheckpointRequest request) =>
        PostAsync(witness, request.ToBytes());

    private static async Task<HttpResponseMessage> PostAsync(WitnessedSite witness, byte[] body)
    {
        using var client = new HttpClient();
        using var content = new ByteArrayContent(body);
        return await client.PostAsync(new Uri($"{witness.Address}/witness/add-checkpoint"), content, Stop);
    }
}
