using System.CommandLine;
using Spectre.Console;
using Terroir.Cli.Output;
using Terroir.Ingestion;
using Terroir.Sources;
using Terroir.Storage;

namespace Terroir.Cli.Commands.Sources;

/// <summary>Tries a source step by step.</summary>
internal static class SourceTestCommand
{
    private static readonly Style Passed = new(Color.Green);
    private static readonly Style Failed = new(Color.Red);

    public static Command Create()
    {
        var name = new Argument<string?>("name")
        {
            Description = "The source; left out to try one that is only declared, by --kind and --set.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var options = new SourceOptions();
        return CommandLine.Create(
            "test",
            "Tries a source step by step and says what is wrong; nothing is changed.",
            "terroir source test rh",
            (parsed, stop) => RunAsync(parsed, parsed.GetValue(name), options, stop),
            [name, .. options.Symbols]);
    }

    private static async Task<int> RunAsync(
        ParseResult parsed,
        string? name,
        SourceOptions options,
        CancellationToken cancellationToken)
    {
        await using var site = CommandLine.Open(parsed);
        var book = new SourceBook(site);
        var isDeclared = parsed.GetResult(options.Kind) is { Implicit: false } || name is null;
        SourceRecord? record = null;
        if (isDeclared)
        {
            if (book.Check(options.Read(parsed, name ?? "trial"), out record) is { Count: > 0 } problems)
            {
                return Print(parsed, [.. problems.Select(text => new ConnectionStep("the settings", false, text))]);
            }
        }
        else
        {
            record = await book.GetAsync(name!, cancellationToken);
        }

        var steps = new List<ConnectionStep>();
        await foreach (var step in TryAsync(book, record!, cancellationToken))
        {
            steps.Add(step);
        }

        return Print(parsed, steps);
    }

    private static IAsyncEnumerable<ConnectionStep> TryAsync(
        SourceBook book,
        SourceRecord record,
        CancellationToken cancellationToken)
    {
        if (book.FindKind(record.Kind) is not { } connector)
        {
            return OneAsync($"There is no kind '{record.Kind}'. See 'terroir source kinds'.");
        }

        return SourceDeclaration.Check(connector, record) is [var fault, ..]
            ? OneAsync($"{fault.Name}: {fault.Problem}")
            : connector.TestAsync(
                SourceDeclaration.SettingsFor(connector, record),
                book.HostOf(record),
                cancellationToken);

        static IAsyncEnumerable<ConnectionStep> OneAsync(string message) =>
            new[] { new ConnectionStep("the settings", IsPassed: false, message) }.ToAsyncEnumerable();
    }

    private static int Print(ParseResult parsed, List<ConnectionStep> steps)
    {
        CommandLine.Print(
            parsed,
            new { steps },
            steps.Select(step => Terminal.Plain(
                $"{(step.IsPassed ? "✓" : "✗")} {step.Name}: {step.Message}",
                step.IsPassed ? Passed : Failed)));
        return steps.TrueForAll(step => step.IsPassed) ? ExitCode.Done : ExitCode.Failed;
    }
}
