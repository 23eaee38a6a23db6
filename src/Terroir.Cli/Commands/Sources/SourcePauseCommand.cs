using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;

namespace Terroir.Cli.Commands.Sources;

/// <summary>Pauses a source, and lets it go on.</summary>
internal static class SourcePauseCommand
{
    public static Command Create() => Create(
        "pause",
        "Stops reading a source until it is resumed; its documents go on answering.",
        isPaused: true);

    public static Command CreateResume() => Create("resume", "Reads a paused source again.", isPaused: false);

    private static Command Create(string verb, string description, bool isPaused)
    {
        var name = new Argument<string>("name") { Description = "The source." };
        return CommandLine.Create(
            verb,
            description,
            $"terroir source {verb} rh",
            async (parsed, stop) =>
            {
                await using var site = CommandLine.Open(parsed);
                var book = new SourceBook(site);
                var source = await book.GetAsync(parsed.GetValue(name)!, stop);
                var clock = site.Services.GetRequiredService<TimeProvider>();
                await book.ReplaceAsync(
                    source with { PausedAt = isPaused ? source.PausedAt ?? clock.GetUtcNow() : null },
                    stop);
                CommandLine.Print(
                    parsed,
                    new { source = source.Id, isPaused },
                    [
                        isPaused
                            ? $"Paused. Its documents go on answering. To go on: terroir source resume {source.Id}"
                                + CommandLine.DataFlag(parsed)
                            : $"It is read again. Next: terroir sync {source.Id}{CommandLine.DataFlag(parsed)}",
                    ]);
                return ExitCode.Done;
            },
            name);
    }
}
