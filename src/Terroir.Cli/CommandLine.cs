using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Spectre.Console;
using Spectre.Console.Rendering;
using Terroir.Cli.Output;
using Terroir.Server;

namespace Terroir.Cli;

/// <summary>What every verb shares: the site's folder, JSON, and how errors are shown.</summary>
internal static class CommandLine
{
    private static readonly JsonSerializerOptions Json = CreateJson();

    public static Option<string> Data { get; } = new("--data")
    {
        Description = "The site's folder.",
        DefaultValueFactory = _ => "./terroir-data",
    };

    public static Option<bool> AsJson { get; } = new("--json") { Description = "Print one JSON object." };

    /// <summary>Makes a verb whose errors are one line on standard error.</summary>
    public static Command Create(
        string name,
        string description,
        Func<ParseResult, CancellationToken, Task<int>> run,
        params ReadOnlySpan<Symbol> symbols)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Option option)
            {
                command.Options.Add(option);
            }
            else if (symbol is Argument argument)
            {
                command.Arguments.Add(argument);
            }
        }

        command.Options.Add(Data);
        command.Options.Add(AsJson);
        command.SetAction((parsed, stop) => RunAsync(parsed, run, stop));
        return command;
    }

    /// <summary>Opens the site that <c>--data</c> names.</summary>
    public static Site Open(ParseResult parsed) => Site.Open(parsed.GetValue(Data)!);

    /// <summary>Prints a result as JSON when asked, else as lines.</summary>
    public static void Print(ParseResult parsed, object result, IEnumerable<string> lines) =>
        Print(parsed, result, lines.Select(line => Terminal.Plain(line)));

    /// <summary>Prints a result as JSON when asked, else as it is drawn for people.</summary>
    public static void Print(ParseResult parsed, object result, IEnumerable<IRenderable> parts)
    {
        if (parsed.GetValue(AsJson))
        {
            Console.Out.WriteLine(Serialize(result));
            return;
        }

        foreach (var part in parts)
        {
            Terminal.Out.Write(part);
            if (part is Text)
            {
                Terminal.Out.WriteLine();
            }
        }
    }

    /// <summary>Writes a value as JSON on one line.</summary>
    public static string Serialize(object value) => JsonSerializer.Serialize(value, Json);

    /// <summary>Reports what the caller gave that cannot be used.</summary>
    public static async Task<int> RefuseAsync(string reason)
    {
        await Console.Error.WriteLineAsync(Terminal.Clean(reason.ReplaceLineEndings(" ")));
        return ExitCode.Refused;
    }

    private static JsonSerializerOptions CreateJson()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            Converters = { new ContentHashConverter(), new DocumentIdConverter(), new CollectionIdConverter() },
        };
        TerroirHost.ConfigureJson(options);
        return options;
    }

    private static async Task<int> RunAsync(
        ParseResult parsed,
        Func<ParseResult, CancellationToken, Task<int>> run,
        CancellationToken cancellationToken)
    {
        try
        {
            return await run(parsed, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception exception) when (Describe(exception) is { } line)
        {
            await Console.Error.WriteLineAsync(Terminal.Clean(line.ReplaceLineEndings(" ")));
            return ExitCode.Failed;
        }
    }

    /// <summary>Says in a line what failed; <see langword="null"/> for a bug, which shows its stack.</summary>
    private static string? Describe(Exception exception) => exception switch
    {
        TerroirException error => $"{error.Code}: {error.Message}",
        OptionsValidationException error => string.Join(' ', error.Failures),
        IOException or UnauthorizedAccessException or FormatException or JsonException => exception.Message,
        _ => null,
    };
}
