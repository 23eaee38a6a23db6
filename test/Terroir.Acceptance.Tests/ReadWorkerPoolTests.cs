using System.Text;
using Terroir.Crash;
using Terroir.Documents;
using Terroir.Readers.Workers;

namespace Terroir.Acceptance.Tests;

/// <summary>Readers that a hostile file has taken over, in real processes.</summary>
public sealed class ReadWorkerPoolTests : IDisposable
{
    private static readonly ReadWorkerCommand Hostile =
        new("dotnet", [typeof(HostileReader).Assembly.Location, HostileReader.Verb]);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("terroir-test-");
    private readonly ReadWorkerPool _pool = new(Hostile, size: 1);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _pool.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("crash", UnreadableReason.Broken)]
    [InlineData("overflow", UnreadableReason.Broken)]
    [InlineData("spin", UnreadableReason.TooSlow)]
    [InlineData("memory", UnreadableReason.TooLarge)]
    [InlineData("flood", UnreadableReason.TooLarge)]
    public async Task A_file_that_ends_its_reader_costs_that_file_only(string order, UnreadableReason reason)
    {
        var outcome = Assert.IsType<Unreadable>(await ReadAsync(order));

        Assert.Equal((reason, "hostile"), (outcome.Reason, outcome.Reader));
        Assert.All(
            outcome.Advice.SelectMany(remark => remark.Values),
            value => Assert.DoesNotContain("text of the file", value, StringComparison.Ordinal));
        Assert.Equal("still here", await SayAsync("echo still here"));
    }

    [Fact]
    public async Task A_reader_cannot_open_a_connection() => Assert.StartsWith(
        "refused: Socket", await SayConfinedAsync("connect"), StringComparison.Ordinal);

    [Fact]
    public async Task A_reader_cannot_start_a_program() => Assert.StartsWith(
        "refused", await SayConfinedAsync("execute /bin/true"), StringComparison.Ordinal);

    [Theory]
    [InlineData("write")]
    [InlineData("append")]
    [InlineData("delete")]
    [InlineData("move")]
    public async Task A_reader_cannot_change_a_file(string order)
    {
        var file = Path.Combine(_folder.FullName, "kept.txt");
        await File.WriteAllTextAsync(file, "kept", Stop);

        var said = await SayConfinedAsync($"{order} {file}");

        Assert.StartsWith("refused", said, StringComparison.Ordinal);
        Assert.Equal("kept", await File.ReadAllTextAsync(file, Stop));
        Assert.Single(_folder.GetFiles());
    }

    [Fact]
    public async Task A_reader_knows_no_variable_of_its_host()
    {
        Environment.SetEnvironmentVariable("SECRET_OF_TERROIR", "hidden");

        var names = await SayAsync("environment");

        Assert.DoesNotContain("TERROIR", names, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reading_that_is_cancelled_ends_its_process()
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        cancellation.CancelAfter(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _pool.ReadAsync(
            "spin"u8.ToArray(), "file", new ReadLimits { Duration = TimeSpan.FromMinutes(10) }, cancellation.Token));

        Assert.Equal("next", await SayAsync("echo next"));
    }

    [Theory]
    [InlineData("/bin/false")]
    [InlineData("/no/such/program")]
    [InlineData("/bin/echo")]
    public async Task A_program_that_is_no_reading_process_gives_up_no_file(string program)
    {
        using var pool = new ReadWorkerPool(new ReadWorkerCommand(program, []), size: 1);

        var failure = await Assert.ThrowsAsync<ReaderUnavailableException>(async () =>
            await pool.ReadAsync("text"u8.ToArray(), "file.txt", ReadLimits.Default, Stop));

        Assert.True(failure.IsTransient);
    }

    [Fact]
    public async Task A_real_reading_process_reads_as_the_readers_do()
    {
        using var pool = new ReadWorkerPool(ReadWorkerCommand.Find(), size: 1);
        var files = Directory.GetFiles(
            Path.Combine(Repository.Root, "samples", "chu-valmont", "documents"),
            "*",
            SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            var content = await File.ReadAllBytesAsync(file, Stop);
            var name = Path.GetFileName(file);

            var inside = await new Readers.FormatReaders().ReadAsync(content, name, ReadLimits.Default, Stop);
            var outside = await pool.ReadAsync(content, name, ReadLimits.Default, Stop);

            Assert.Equivalent(inside, outside, strict: true);
        }
    }

    private Task<ReadOutcome> ReadAsync(string order) => _pool.ReadAsync(
        Encoding.UTF8.GetBytes(order),
        "file",
        new ReadLimits { Duration = TimeSpan.FromSeconds(order is "spin" ? 1 : 60) },
        Stop).AsTask();

    private async Task<string> SayAsync(string order)
    {
        var outcome = Assert.IsType<Extracted>(await ReadAsync(order));
        return Assert.IsType<ParagraphBlock>(Assert.Single(outcome.Document.Blocks)).Text;
    }

    private async Task<string> SayConfinedAsync(string order)
    {
        var (_, hasFilter, _) = await _pool.ProbeAsync(Stop);
        Assert.SkipUnless(hasFilter, "this system has no filter of system calls");
        return await SayAsync(order);
    }
}
