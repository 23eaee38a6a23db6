using Terroir.Documents;
using Terroir.Ingestion;
using Terroir.Ingestion.Remarks;

namespace Terroir.Tests.Readers;

/// <summary>Whatever a file holds, the outcome is content or a reason that says what to do.</summary>
public sealed class HostileFilesTests
{
    private const int Seed = 20_261_126;
    private const int LongRoundCount = 200;

    private static readonly ReadLimits Limits = new() { Duration = TimeSpan.FromSeconds(60) };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_sound_files_are_read()
    {
        var empty = new[] { "a.doc", "a.ppt", "a.msg" };
        foreach (var (name, content) in HostileFiles.Sound.Where(file => !empty.Contains(file.Name)))
        {
            Assert.True(await ReadFile.OutcomeAsync(content, name) is Extracted, name);
        }
    }

    [Fact]
    public async Task Damaged_files_are_read_or_refused_with_advice()
    {
        var count = 0;
        foreach (var (name, content) in HostileFiles.Sound)
        {
            foreach (var (falseName, damaged) in HostileFiles.Damage(name, content, Seed))
            {
                await CheckAsync(falseName, damaged);
                count++;
            }
        }

        Assert.True(count >= 300, $"{count}");
    }

    [Fact]
    public async Task Bombs_end_within_the_limits()
    {
        foreach (var (name, content) in HostileFiles.Bombs())
        {
            var outcome = await CheckAsync(name, content);

            Assert.False(outcome is Unreadable { Reason: UnreadableReason.TooSlow }, name);
            if (outcome is Extracted { Document: var document })
            {
                var text = System.Text.Encoding.UTF8.GetString(DocumentPreparer.Render(document).Span);
                Assert.DoesNotContain("aaaaaaaaaa", text, StringComparison.Ordinal);
                Assert.DoesNotContain("root:", text, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Odd_files_are_refused_for_what_they_are()
    {
        foreach (var (name, content) in HostileFiles.Odd())
        {
            var outcome = await CheckAsync(name, content);
            var expected = name.StartsWith("locked", StringComparison.Ordinal) ? UnreadableReason.Encrypted
                : content.Length == 0 ? UnreadableReason.Empty : (UnreadableReason?)null;
            if (expected is not null)
            {
                Assert.Equal(expected, Assert.IsType<Unreadable>(outcome).Reason);
            }
            else if (!name.StartsWith("names", StringComparison.Ordinal))
            {
                Assert.IsType<Unreadable>(outcome);
            }
            else if (outcome is Extracted { Document: var document })
            {
                Assert.All(document.Embedded, file => Assert.DoesNotContain("..", file.Path, StringComparison.Ordinal));
            }
        }
    }

    // The long lane: eng/long/65-hostile-files.sh.
    [Fact(Explicit = true)]
    public async Task Damaged_files_of_many_seeds_are_read_or_refused_with_advice()
    {
        var files = Directory.GetFiles(TestFolder.Data("office-public"), "*", SearchOption.AllDirectories)
            .Where(path => path.Contains("sources", StringComparison.Ordinal) && new FileInfo(path).Length < 200_000)
            .Select(path => (Path.GetFileName(path), File.ReadAllBytes(path)))
            .Concat(HostileFiles.Sound)
            .ToArray();
        for (var round = 0; round < LongRoundCount; round++)
        {
            var (name, content) = files[(round * 7) % files.Length];
            foreach (var (falseName, damaged) in HostileFiles.Damage(name, content, Seed + round))
            {
                await CheckAsync(falseName, damaged);
            }
        }
    }

    private static async Task<ReadOutcome> CheckAsync(string name, byte[] content)
    {
        var outcome = await ReadFile.OutcomeAsync(content, name, Limits);
        if (outcome is Unreadable refusal)
        {
            var advice = RemarkText.English.Describe(refusal.Advice);
            Assert.True(advice.Length > 20 && advice.EndsWith('.'), $"{name}: {refusal}");
        }
        else
        {
            // What was read can be rendered and cut into passages.
            _ = DocumentPreparer.Render(((Extracted)outcome).Document);
        }

        Stop.ThrowIfCancellationRequested();
        return outcome;
    }
}
