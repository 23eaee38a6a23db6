using Terroir.Lineage.Runs;
using Terroir.Server.Lineage;

namespace Terroir.Server.Tests.Lineage;

/// <summary>The files of events: where they go on after a kill, and how many there are.</summary>
public sealed class RunEventFilesTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("terroir-test-");

    [Fact]
    public async Task The_files_begin_at_the_beginning() => Assert.Equal(0, await Open().OpenAsync(Stop));

    [Fact]
    public async Task What_was_appended_is_gone_on_from_its_last_place()
    {
        await Open().AppendAsync(3, Events(3, 5), Stop);

        Assert.Equal(5, await Open().OpenAsync(Stop));
    }

    [Fact]
    public async Task Wherever_a_kill_cuts_the_file_the_same_lines_come_again()
    {
        var all = Events(3, 5, 9);
        await Open().AppendAsync(3, all, Stop);
        var path = Assert.Single(Open().Files);
        var whole = await File.ReadAllBytesAsync(path, Stop);
        for (var length = 0; length <= whole.Length; length += 97)
        {
            await File.WriteAllBytesAsync(path, whole[..length], Stop);
            var files = Open();
            var from = await files.OpenAsync(Stop);
            await files.AppendAsync(from, [.. all.Where(line => RunEvents.PlaceOf(line) >= from)], Stop);

            Assert.Equal(whole, files.Files.SelectMany(File.ReadAllBytes));
            Open().Files.ToList().ForEach(File.Delete);
        }
    }

    [Fact]
    public async Task A_full_file_is_followed_by_another_and_the_oldest_go()
    {
        var files = Open(sizeMaxBytes: 1);
        for (var place = 0; place < RunEventFiles.CountMax + 3; place++)
        {
            await files.AppendAsync(place, Events(place), Stop);
        }

        Assert.Equal(RunEventFiles.CountMax, files.Files.Count);
        Assert.EndsWith("0000003.jsonl", files.Files[0], StringComparison.Ordinal);
        Assert.Equal(RunEventFiles.CountMax + 2, await files.OpenAsync(Stop));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    internal static IReadOnlyList<byte[]> Events(params int[] places) =>
        [.. places.SelectMany(place => new RunEvents("test", "1").Write(new LineageRun("answer", place, Noon)))];

    private RunEventFiles Open(long sizeMaxBytes = RunEventFiles.DefaultSizeMaxBytes) =>
        new(_folder.FullName, sizeMaxBytes);
}
