using System.CommandLine;
using System.Globalization;
using Terroir.Cli.Output;
using Terroir.Storage;

namespace Terroir.Cli.Commands.Sources;

/// <summary>Lists sources, and shows one with all that is set.</summary>
internal static class SourceListCommand
{
    public static Command Create() => CommandLine.Create(
        "list",
        "Lists the sources.",
        "terroir source list",
        async (parsed, stop) =>
        {
            await using var site = CommandLine.Open(parsed);
            var sources = await new SourceBook(site).ListAsync(stop);
            var table = Terminal.CreateTable(
                "Sources", "Name", "Collection", "Kind", "Where", "Permissions", "State");
            foreach (var item in sources)
            {
                table.AddPlainRow(
                    item.Id,
                    item.Collection.Value,
                    item.Kind,
                    item.Location,
                    item.Permissions,
                    StateOf(item));
            }

            CommandLine.Print(parsed, new { sources }, [table]);
            return ExitCode.Done;
        });

    public static Command CreateShow()
    {
        var name = new Argument<string>("name") { Description = "The source." };
        return CommandLine.Create(
            "show",
            "Shows a source with its settings.",
            "terroir source show rh",
            async (parsed, stop) =>
            {
                await using var site = CommandLine.Open(parsed);
                var source = await new SourceBook(site).GetAsync(parsed.GetValue(name)!, stop);
                CommandLine.Print(
                    parsed,
                    new { source, cursor = source.Cursor, failure = source.Failure, state = StateOf(source) },
                    Describe(source));
                return ExitCode.Done;
            },
            name);
    }

    private static IEnumerable<string> Describe(SourceRecord source)
    {
        yield return $"{source.Id}: {source.Kind}, {source.Location}";
        yield return $"collection: {source.Collection.Value}";
        yield return $"permissions: {source.Permissions}";
        foreach (var (name, value) in source.Settings ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            yield return $"{name}: {value}";
        }

        if (source.BandwidthBytesPerSecond is { } rate)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"bandwidth: {rate:N0} bytes a second");
        }

        yield return $"state: {StateOf(source)}";
    }

    private static string StateOf(SourceRecord source) => source switch
    {
        { PausedAt: { } at } => $"paused since {Write(at)}",
        { HeldReason: { } reason } => reason,
        { Failure: { } failure } => $"failed {failure.Count} times, tried again at {Write(failure.RetryAt)}: "
            + failure.Reason,
        { SyncedAt: { } at } => $"in order, read {Write(at)}",
        _ => "not read yet",
    };

    private static string Write(DateTimeOffset time) => $"{time:yyyy-MM-dd HH:mm} UTC";
}
